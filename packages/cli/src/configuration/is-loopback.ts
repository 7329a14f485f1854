const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** Tells whether what is sent to a URL never leaves the machine. */
export const isLoopback = (url: string): boolean =>
  URL.canParse(url) && loopback.has(new URL(url).hostname)
