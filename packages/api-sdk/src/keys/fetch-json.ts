import { inTime } from '../in-time.js'

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** How documents are fetched. */
export interface FetchOptions {
  readonly fetch: Fetch
  /** In seconds, for the whole document. */
  readonly timeout: number
}

/** A form that is sent for the document, by somebody who has to say who they are. */
export interface PostedForm {
  readonly authorization: string
  readonly body: URLSearchParams
}

/** A document, or the status that came instead of it. */
export type FetchedJson =
  | { readonly found: true; readonly value: unknown; readonly cacheControl: string | null }
  | { readonly found: false; readonly status: number }

const longest = 256 * 1024
const formType = 'application/x-www-form-urlencoded'

async function readLimited(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let length = 0
  let text = ''
  for await (const chunk of body) {
    length += chunk.length
    if (length > longest) throw new RangeError(`the document is larger than ${longest} bytes`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

async function readDocument(response: Response): Promise<FetchedJson> {
  if (response.status !== 200 || response.redirected || response.body === null) {
    await response.body?.cancel()
    return { found: false, status: response.status }
  }
  const value: unknown = JSON.parse(await readLimited(response.body))
  return { found: true, value, cacheControl: response.headers.get('cache-control') }
}

/**
 * Fetches a JSON document of an issuer, or what it answers to a form. Redirects are not followed, because the address is part of what is trusted.
 *
 * @throws when it cannot be reached in time, is larger than 256 KiB or is no JSON.
 */
export function fetchJson(
  url: string,
  { fetch, timeout }: FetchOptions,
  form?: PostedForm,
): Promise<FetchedJson> {
  return inTime(timeout, async (signal) => {
    const response = await fetch(url, {
      headers: {
        accept: 'application/json',
        ...(form && { authorization: form.authorization, 'content-type': formType }),
      },
      ...(form && { method: 'POST', body: form.body.toString() }),
      redirect: 'manual',
      signal,
    })
    return readDocument(response)
  })
}
