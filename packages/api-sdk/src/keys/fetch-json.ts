import { Buffer, isUtf8 } from 'node:buffer'
import type { Closing } from '../closing.js'
import { inTime } from '../in-time.js'
import type { Limits } from '../options/limit-options.js'

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** How documents are fetched. */
export interface FetchOptions {
  readonly fetch: Fetch
  /** In seconds, for the whole document. */
  readonly timeout: number
  readonly limits: Pick<Limits, 'document'>
  readonly closing: Closing
}

/** What is asked for, and how. */
export interface DocumentRequest {
  /** The media type that is wanted. */
  readonly accept: string
  /** The `Authorization` header field of who asks. */
  readonly authorization?: string | undefined
  /** A form that is sent for the document. */
  readonly form?: URLSearchParams
}

/** The status of a response that is no document. */
interface NotFound {
  readonly found: false
  readonly status: number
}

/** A document as it came, or the status that came instead of it. */
export type FetchedDocument =
  | {
      readonly found: true
      readonly text: string
      readonly contentType: string | null
      readonly cacheControl: string | null
    }
  | NotFound

/** A JSON document, or the status that came instead of it. */
export type FetchedJson =
  | { readonly found: true; readonly value: unknown; readonly cacheControl: string | null }
  | NotFound

const formType = 'application/x-www-form-urlencoded'

async function readLimited(body: AsyncIterable<Uint8Array>, longest: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > longest) throw new RangeError(`the document is larger than ${longest} bytes`)
    chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  // Not the TypeError of a decoder, which is also what fetch throws when nobody can be reached.
  if (!isUtf8(bytes)) throw new RangeError('the document has bytes that are no UTF-8')
  return new TextDecoder().decode(bytes)
}

async function readDocument(response: Response, longest: number): Promise<FetchedDocument> {
  const { status, redirected, body, headers } = response
  if (status !== 200 || redirected || body === null) {
    await body?.cancel()
    return { found: false, status }
  }
  return {
    found: true,
    text: await readLimited(body, longest),
    contentType: headers.get('content-type'),
    cacheControl: headers.get('cache-control'),
  }
}

/**
 * Fetches a document of an issuer, or what it answers to a form. Redirects are not followed, because the address is part
 * of what is trusted.
 *
 * @throws when it cannot be reached in time or before the API is closed, is larger than it may be or is no UTF-8.
 */
export function fetchDocument(
  url: string,
  { accept, authorization, form }: DocumentRequest,
  { fetch, timeout, limits, closing }: FetchOptions,
): Promise<FetchedDocument> {
  const work = async (signal: AbortSignal): Promise<FetchedDocument> => {
    const response = await fetch(url, {
      headers: {
        accept,
        ...(authorization !== undefined && { authorization }),
        ...(form && { 'content-type': formType }),
      },
      ...(form && { method: 'POST', body: form.toString() }),
      redirect: 'manual',
      signal,
    })
    return readDocument(response, limits.document)
  }
  return inTime(timeout, work, closing)
}

/**
 * Fetches a JSON document of an issuer, as {@link fetchDocument} does.
 *
 * @throws when it cannot be reached in time or before the API is closed, is larger than it may be or is no JSON.
 */
export async function fetchJson(url: string, options: FetchOptions): Promise<FetchedJson> {
  try {
    const document = await fetchDocument(url, { accept: 'application/json' }, options)
    if (!document.found) return document
    const value: unknown = JSON.parse(document.text)
    return { found: true, value, cacheControl: document.cacheControl }
  } catch (cause) {
    throw new Error(`cannot get JSON from ${url}`, { cause })
  }
}
