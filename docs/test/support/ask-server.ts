import type { AuthorizationServer } from '@bailiwick/core'
import type { HttpResponse } from '@bailiwick/protocol'

/** What a server answers, with its JSON parsed. */
export interface Answer extends Omit<Partial<HttpResponse>, 'body'> {
  readonly body: Record<string, unknown>
}

/** What is sent: a form by POST, or nothing by GET. */
interface Question {
  readonly form?: Readonly<Record<string, string>> | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** Asks a server as its client `web`. */
export async function askServer(
  server: AuthorizationServer,
  url: string,
  { form, headers }: Question,
): Promise<Answer> {
  const response = await server.handle({
    method: form === undefined ? 'GET' : 'POST',
    url,
    headers: {
      authorization: `Basic ${btoa('web:secret')}`,
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    body: async () => new URLSearchParams(form).toString(),
  })
  const body = response?.headers['content-type'] === 'application/json' ? response.body : '{}'
  return { ...response, body: JSON.parse(body ?? '{}') as Record<string, unknown> }
}
