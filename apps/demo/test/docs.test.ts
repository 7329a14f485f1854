import { readFileSync } from 'node:fs'
import { createAuthorizationServer, sha256 } from '@bailiwick/core'
import type { AuthorizationServer, CompatibilityName } from '@bailiwick/core'
import type { ResourceDefinitions } from '@bailiwick/protocol'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, it } from 'vitest'

const read = (name: string): string =>
  readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8')

const nameOf = (entry: string | { readonly name: string }): string =>
  typeof entry === 'string' ? entry : entry.name

function serverOf(
  resources: ResourceDefinitions,
  compatibility: CompatibilityName = 'strict',
): AuthorizationServer {
  return createAuthorizationServer({
    issuer: 'https://id.example.com',
    dataKeys: [Buffer.alloc(32, 1).toString('base64')],
    resources,
    clients: [
      {
        clientId: 'client',
        clientSecrets: [{ value: sha256('secret') }],
        allowedGrantTypes: ['client_credentials'],
        allowedScopes: (resources.apiScopes ?? []).map(nameOf),
      },
    ],
    compatibility,
  })
}

async function requestToken(server: AuthorizationServer, form: string) {
  const response = await server.handle({
    method: 'POST',
    url: '/token',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${btoa('client:secret')}`,
    },
    body: async () => `grant_type=client_credentials&${form.replaceAll(' ', '+')}`,
  })
  const { access_token: token, error } = JSON.parse(response?.body ?? '{}') as Record<
    string,
    string
  >
  return {
    error,
    claims: token === undefined ? {} : decodeJwt(token),
    alg: token === undefined ? undefined : decodeProtectedHeader(token).alg,
  }
}

/** The cells of the rows of a table, without heading and rule. */
const rowsOf = (markdown: string): readonly (readonly string[])[] =>
  markdown
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )

const uncode = (cell: string): string => cell.replaceAll('`', '')

const sections = ['api-scopes', 'api-resources', 'isolation'].flatMap((name) =>
  read(`resource-model/${name}.md`)
    .split(/^## /m)
    .filter((section) => section.includes('```json\n') && rowsOf(section).length > 0)
    .map((section) => ({
      title: `${name}.md: ${section.split('\n')[0] ?? ''}`,
      resources: JSON.parse(/```json\n(.*?)```/s.exec(section)?.[1] ?? '') as ResourceDefinitions,
      rows: rowsOf(section),
    })),
)

it('docs/resource-model has examples', () => {
  expect(sections).toHaveLength(5)
})

describe.each(sections)('docs/resource-model/$title', ({ resources, rows }) => {
  const server = serverOf(resources)

  it.each(rows)('%s → %s %s', async (request, aud = '', scope = '', algorithm = '') => {
    const { claims, error, alg } = await requestToken(
      server,
      uncode(request.startsWith('no') ? '' : request),
    )
    if (aud.startsWith('`invalid_')) {
      expect(error).toBe(uncode(aud))
      return
    }
    expect(error).toBeUndefined()
    expect(claims.aud).toEqual(aud === 'absent' ? undefined : JSON.parse(uncode(aud)))
    expect(claims['scope']).toBe(JSON.parse(uncode(scope)))
    if (algorithm !== '') expect(alg).toBe(uncode(algorithm))
  })
})

const comparisons = [
  ...read('reference/compatibility.md').matchAll(/^## (.*?)$[^#]*?```json\n(.*?)```/gms),
].map(([, title = '', json = '']) => ({
  title,
  expected: JSON.parse(json) as Record<CompatibilityName, Record<string, unknown>>,
}))

describe('docs/reference/compatibility.md', () => {
  it('has examples', () => {
    expect(comparisons).toHaveLength(2)
  })

  it.each(comparisons)('$title', async ({ expected }) => {
    const members = Object.keys(expected.strict)
    for (const mode of ['strict', 'duende'] as const) {
      const { claims } = await requestToken(serverOf({ apiScopes: ['read', 'write'] }, mode), '')
      const shown = Object.fromEntries(
        Object.entries(claims).filter(([name]) => members.includes(name)),
      )
      expect(shown).toEqual(expected[mode])
    }
  })
})
