import type { FormParameters } from './request-facts.js'

// As much as parsers of forms read unless told otherwise. It is read before anybody knows who sends it.
const longest = 100 * 1024

async function readText(body: ReadableStream<Uint8Array>): Promise<string | undefined> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ''
  let length = 0
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- a stream is read piece by piece
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    length += value.byteLength
    if (length > longest) {
      // It rejects when the request breaks off at this very moment, and a rejection nobody handles ends the process.
      reader.cancel().catch(() => undefined)
      return undefined
    }
    text += decoder.decode(value, { stream: true })
  }
}

/**
 * Reads the form of a request from a copy, so that the handler can still read it. Undefined when somebody has already
 * read it, and when it is longer than 100 KiB.
 */
export async function readWebForm(request: Request): Promise<FormParameters | undefined> {
  if (request.bodyUsed) return undefined
  const { body } = request.clone()
  const text = body === null ? '' : await readText(body)
  if (text === undefined) return undefined
  const form = new Map<string, readonly string[]>()
  for (const [name, value] of new URLSearchParams(text)) {
    // Two of a name are as many as it takes to refuse them.
    form.set(name, [...(form.get(name) ?? []).slice(0, 1), value])
  }
  return Object.fromEntries(form)
}
