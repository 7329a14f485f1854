import type { HttpResponse } from '@bailiwick/protocol'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escape = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)

/** Writes HTML; every value is escaped. */
export function html(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return String.raw({ raw: parts }, ...values.map(escape))
}

/** A page of HTML, and what its browser may do with it. */
export interface HtmlPage {
  /** @defaultValue `200` */
  readonly status?: number
  readonly title: string
  /** Escaped already: write it with {@link html}. */
  readonly body: string
  /** Directives of its Content-Security-Policy, in place of those that forbid everything; `undefined` leaves one out. */
  readonly policy?: Readonly<Record<string, string | undefined>>
  /** Where to go on by itself. */
  readonly refresh?: { readonly seconds: number; readonly url: string }
}

const strictPolicy = {
  'default-src': `'none'`,
  'base-uri': `'none'`,
  'form-action': `'none'`,
  'frame-ancestors': `'none'`,
} as const

/** Answers with a page that nobody may keep, frame, or learn the address of. */
export function page({ status = 200, title, body, policy = {}, refresh }: HtmlPage): HttpResponse {
  const sources: HtmlPage['policy'] & object = { ...strictPolicy, ...policy }
  const directives = Object.entries(sources).filter(([, source]) => source !== undefined)
  const forwarding =
    refresh === undefined
      ? ''
      : html`<meta http-equiv="refresh" content="${String(refresh.seconds)};url=${refresh.url}" />`
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': directives.map((directive) => directive.join(' ')).join('; '),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8" />${html`<title>${title}</title>`}${forwarding}</head><body>${body}</body></html>`,
  }
}
