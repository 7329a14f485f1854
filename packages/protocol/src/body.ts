import { OAuthError } from './oauth-error.js'

/** The most bytes a request body may have: 64 KiB, far above any OAuth request. */
export const bodyLimit: number = 64 * 1024

const tooLarge = (): OAuthError =>
  new OAuthError('invalid_request', {
    status: 413,
    description: `the request body is larger than ${bodyLimit} bytes`,
  })

/**
 * Reads a request body as UTF-8 text, for adapters: a Node.js message and a web stream are both such chunks.
 *
 * @throws OAuthError `invalid_request`, with status 413 beyond {@link bodyLimit} and 400 when it is no UTF-8.
 */
export async function readBody(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let length = 0
  let text = ''
  try {
    for await (const chunk of chunks) {
      length += chunk.length
      if (length > bodyLimit) throw tooLarge()
      text += decoder.decode(chunk, { stream: true })
    }
    return text + decoder.decode()
  } catch (cause) {
    // TextDecoder reports bytes that are no UTF-8 with a TypeError; a broken connection throws something else.
    if (!(cause instanceof TypeError)) throw cause
    throw new OAuthError('invalid_request', { description: 'the request body is not UTF-8', cause })
  }
}

/**
 * Writes a body that an earlier parser has consumed as a form again. Values that are no strings, which no form can
 * hold, are left out.
 *
 * @throws OAuthError `invalid_request` with status 413 beyond {@link bodyLimit}.
 */
export function formOf(parsed: object): string {
  const pairs = Object.entries(parsed).flatMap(([name, value]) =>
    [value]
      .flat()
      .filter((item) => typeof item === 'string')
      .map((item): [string, string] => [name, item]),
  )
  const form = new URLSearchParams(pairs).toString()
  if (form.length > bodyLimit) throw tooLarge()
  return form
}
