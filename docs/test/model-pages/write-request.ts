import type { Explanation } from '@bailiwick/core'

/** The parameters that decide what comes of a request, as they are sent; `…` stands for the others. */
function query(
  parameters: readonly (readonly [name: string, value: string | undefined])[],
): string {
  return parameters
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${value.replaceAll(' ', '+')}`],
    )
    .join('&')
}

const post = (form: string): string => `POST /token HTTP/1.1\nAuthorization: Basic …\n\n${form}`

const many = (
  name: string,
  values: readonly string[] | string | undefined,
): readonly (readonly [string, string])[] => [values ?? []].flat().map((value) => [name, value])

/** Writes the requests that a client sends, one after the other. */
export function writeRequest({ request }: Explanation): string {
  const { clientId, grantType, scope, resources, user, tokenResource, refresh } = request
  const asked = [['scope', scope], ...many('resource', resources)] as const
  const messages =
    user === undefined
      ? [post(query([['grant_type', grantType], ...asked]))]
      : [
          `GET /authorize?${query([['client_id', clientId], ['response_type', 'code'], ...asked])}&… HTTP/1.1`,
          post(`${query([['grant_type', grantType], ...many('resource', tokenResource)])}&code=…`),
        ]
  const renewed = refresh && [
    post(
      `${query([
        ['grant_type', 'refresh_token'],
        ['scope', refresh.scope],
        ['resource', refresh.resource],
      ])}&refresh_token=…`,
    ),
  ]
  return [...messages, ...(renewed ?? [])]
    .map((message) => `\`\`\`http\n${message}\n\`\`\``)
    .join('\n\n')
}
