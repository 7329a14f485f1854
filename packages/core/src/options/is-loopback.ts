const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** Tells whether what is sent to the host of a URL never leaves the machine. */
export const isLoopback = ({ hostname }: Pick<URL, 'hostname'>): boolean => loopback.has(hostname)
