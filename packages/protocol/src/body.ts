import { isOAuthError, OAuthError } from './oauth-error.js'

/** The most bytes a request body may have: 64 KiB, far above any OAuth request. */
export const bodyLimit: number = 64 * 1024

const utf8 = new TextDecoder('utf-8', { fatal: true })

const malformed = (fault: string, cause: unknown): OAuthError =>
  new OAuthError('invalid_request', { description: `the request body ${fault}`, cause })

async function collect(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<readonly Uint8Array[]> {
  const collected: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > bodyLimit) {
      throw new OAuthError('invalid_request', {
        status: 413,
        description: `the request body is larger than ${bodyLimit} bytes`,
      })
    }
    collected.push(chunk)
  }
  return collected
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array()] = chunks
  if (chunks.length <= 1) return first
  const joined = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    joined.set(chunk, offset)
    offset += chunk.length
  }
  return joined
}

/**
 * Reads a request body as UTF-8 text, for adapters: a Node.js message and a web stream are both such chunks.
 *
 * @throws OAuthError `invalid_request`, with status 413 beyond {@link bodyLimit} and 400 when it is no UTF-8 or ends
 * too early.
 */
export async function readBody(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<string> {
  try {
    return utf8.decode(join(await collect(chunks)))
  } catch (cause) {
    if (isOAuthError(cause)) throw cause
    // TextDecoder reports bytes that are no UTF-8 with a TypeError. Anything else is a connection that broke.
    throw malformed(cause instanceof TypeError ? 'is not UTF-8' : 'ended too early', cause)
  }
}

const writeForm = (parsed: object): string => {
  const pairs = Object.entries(parsed).flatMap(([name, value]) =>
    [value]
      .flat()
      .filter((item) => typeof item === 'string')
      .map((item): [string, string] => [name, item]),
  )
  return new URLSearchParams(pairs).toString()
}

function bytesOf(parsed: unknown): Uint8Array {
  if (parsed instanceof Uint8Array) return parsed
  if (typeof parsed === 'string') return new TextEncoder().encode(parsed)
  if (typeof parsed === 'object' && parsed !== null) {
    return new TextEncoder().encode(writeForm(parsed))
  }
  throw new TypeError('the request body was consumed before, and its parser left nothing of it')
}

/**
 * Reads a body that an earlier parser has consumed, from what it left: text, bytes, or the members of a form. Members
 * that no form can hold are left out.
 *
 * @throws OAuthError as {@link readBody} does, and TypeError when the parser left nothing.
 */
export async function readParsedBody(parsed: unknown): Promise<string> {
  return readBody([bytesOf(parsed)])
}
