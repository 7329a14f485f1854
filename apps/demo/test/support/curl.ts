/** Sends what a curl command of a text would send. */
function curl(command: string): Promise<Response> {
  const words = command.trim().split(/\s+/)
  const after = (flag: string): readonly string[] =>
    words.flatMap((word, index) => (words[index - 1] === flag ? [word] : []))
  return fetch(words.at(-1) ?? '', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(after('-u')[0] ?? '')}` },
    body: new URLSearchParams(after('-d').join('&')),
  })
}

/** Sends it, and reads the JSON that comes back. */
export const curlJson = async (command: string): Promise<Record<string, unknown>> =>
  (await (await curl(command)).json()) as Record<string, unknown>
