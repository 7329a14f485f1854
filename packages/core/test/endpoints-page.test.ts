import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OAuthError } from '@bailiwick/protocol'
import type { OAuthErrorCode } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { rewriteBlocks, subjectsOf } from '../../../tests/support/rewrite-blocks.js'
import { writeContents } from '../../../tests/support/write-contents.js'
import { createEndpoints } from '../src/endpoints/index.js'
import type { Endpoint } from '../src/endpoints/endpoint.js'
import { resolveOptions } from '../src/options.js'

const path = fileURLToPath(new URL('../../../docs/reference/endpoints.md', import.meta.url))
const page = readFileSync(path, 'utf8')

const { context, endpointOptions } = resolveOptions({
  issuer: 'http://127.0.0.1:5001',
  resources: {},
  clients: [],
})
const endpoints = createEndpoints(endpointOptions, context)

const membersOf = ({ metadata }: Endpoint): readonly string[] => Object.keys(metadata(''))

/** What discovery calls its URL, or the end of its path when discovery does not tell of it. */
const nameOf = (endpoint: Endpoint): string =>
  membersOf(endpoint)[0] ?? endpoint.path.split('/').at(-1) ?? ''

const callers: Readonly<Record<Endpoint['cors'], string>> = {
  none: 'no scripts',
  clients: 'scripts of the origins of clients',
  public: 'scripts of any origin',
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')

/** How `paths` moves an endpoint, if it does. */
function moverOf({ path: where }: Endpoint): string {
  const [name] = Object.entries(context.paths).find(([, value]) => value === where) ?? []
  return name === undefined
    ? 'cannot be moved'
    : `moved by [\`paths.${name}\`](server-options.md#${name.toLowerCase()}-of-paths)`
}

function writeEndpoint(name: string): string {
  const endpoint = endpoints.find((candidate) => nameOf(candidate) === name)
  if (endpoint === undefined) throw new Error(`there is no endpoint ${name}`)
  const { methods, path: where, cors } = endpoint
  const members = membersOf(endpoint)
  return [
    `${quoted(methods)} \`${where}\` · ${moverOf(endpoint)} · ${callers[cors]}`,
    ...(members.length > 0 ? [`In the discovery documents: ${quoted(members)}`] : []),
  ].join('\n\n')
}

const folder = fileURLToPath(new URL('../src', import.meta.url))

const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(folder, file), 'utf8'))

const foundIn = (pattern: RegExp): readonly string[] =>
  [
    ...new Set(
      sources.flatMap((source) => [...source.matchAll(pattern)].map(([, name = '']) => name)),
    ),
  ].toSorted()

// `pnpm docs:reference` rewrites the page with what is expected here.
describe('docs/reference/endpoints.md', () => {
  it('says what the endpoints say of themselves', async () => {
    const written = writeContents(rewriteBlocks(page, 'endpoint', writeEndpoint))
    await expect(written).toMatchFileSnapshot(path)
  })

  it('has a section for every endpoint', () => {
    expect(subjectsOf(page, 'endpoint').toSorted()).toEqual(endpoints.map(nameOf).toSorted())
  })

  it('tells the statuses that errors have', () => {
    const told = [...page.matchAll(/`(\w+)` ([45]\d\d)/g)].map(
      ([, code, status]) => [code, Number(status)] as const,
    )
    expect(told.length).toBeGreaterThan(20)
    for (const [code, status] of told) {
      expect([code, new OAuthError(code as OAuthErrorCode).status]).toEqual([code, status])
    }
  })

  it.each(foundIn(/new OAuthError\(\s*'(\w+)'/g))('tells of the error %s', (code) => {
    expect(page).toContain(`\`${code}\``)
  })

  it.each(foundIn(/parameters(?:\.get(?:All)?\(|, )'([a-z_]+)'/g))(
    'tells of the parameter %s',
    (name) => {
      expect(page).toContain(`\`${name}\``)
    },
  )
})
