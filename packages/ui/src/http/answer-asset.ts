import { createHash } from 'node:crypto'
import type { HttpRequest, HttpResponse } from '@bailiwick/protocol'

/** A file that pages load. */
export interface Asset {
  readonly type: 'text/css' | 'text/javascript'
  readonly text: string
  /** A hash of what it says: another one, when anything in it has changed. */
  readonly version: string
}

const yearInSeconds = 31_536_000

/** Makes a file that pages load. */
export function createAsset(type: Asset['type'], text: string): Asset {
  const version = createHash('sha256').update(text).digest('base64url').slice(0, 16)
  return { type, text, version }
}

/** Answers with a file, or with 304 when the browser has it. */
export function answerAsset(
  { url, headers: sent }: HttpRequest,
  { type, text, version }: Asset,
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
    headers: { ...headers, 'content-type': `${type}; charset=utf-8` },
    body: text,
  }
}
