import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'
import type { Stylesheet } from '../style/stylesheet.js'

const yearInSeconds = 31_536_000

/** Answers with the stylesheet, or with 304 when the browser has it. */
export function answerStylesheet(
  { url, headers: sent }: HttpRequest,
  { css, version }: Stylesheet,
): HttpResponse {
  const etag = `"${version}"`
  const headers = {
    etag,
    // While several versions of the server run side by side, one may be asked for what only another has.
    'cache-control': url.endsWith(`?v=${version}`)
      ? `public, max-age=${yearInSeconds}, immutable`
      : 'no-cache',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  }
  if (sent['if-none-match'] === etag) return { status: 304, headers }
  return {
    status: 200,
    headers: { ...headers, 'content-type': 'text/css; charset=utf-8' },
    body: css,
  }
}
