import type { HttpResponse } from '@bailiwick/protocol'

/** What a browser may do on a page. Everything else is forbidden. */
export interface PagePermissions {
  /** The images that it shows. */
  readonly images?: readonly (string | undefined)[]
  /** Whether it has a script of its own. Without it none runs. */
  readonly scripts?: 'self'
  /** What it loads in frames. */
  readonly frames?: readonly string[]
  /** Whether it has a form, and where that form can lead. */
  readonly forms: 'none' | 'self' | 'anywhere'
}

const unique = (values: readonly string[]): string => [...new Set(values)].join(' ')

function imageSource(url: string): string {
  if (url.startsWith('/')) return `'self'`
  return /^data:/i.test(url) ? 'data:' : new URL(url).origin
}

function policyOf({ images = [], frames = [], scripts, forms }: PagePermissions): string {
  const shown = images.filter((image) => image !== undefined)
  const directives = [
    `default-src 'none'`,
    `style-src 'self'`,
    ...(scripts === undefined ? [] : [`script-src 'self'`, `require-trusted-types-for 'script'`]),
    ...(shown.length > 0 ? [`img-src ${unique(shown.map(imageSource))}`] : []),
    ...(frames.length > 0 ? [`frame-src ${unique(frames.map((url) => new URL(url).origin))}`] : []),
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
    // Browsers such as Chromium hold every redirect that follows a form against form-action, also those with which a
    // client's own site answers (https://github.com/w3c/webappsec-csp/issues/8), and where these lead nobody can know.
    ...(forms === 'anywhere' ? [] : [`form-action '${forms}'`]),
  ]
  return directives.join('; ')
}

/** A page, ready to be sent. */
export interface WrittenPage {
  readonly status: number
  readonly html: string
  readonly permissions: PagePermissions
  readonly headers?: Readonly<Record<string, string>>
}

/** Answers with a page that nobody may keep, frame, or learn the address of. */
export function respond({ status, html, permissions, headers = {} }: WrittenPage): HttpResponse {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policyOf(permissions),
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      ...headers,
    },
    body: html,
  }
}

/** Sends the browser on after a form, with a GET request (RFC 9110 section 15.4.4). */
export function seeOther(location: string): HttpResponse {
  return {
    status: 303,
    headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  }
}
