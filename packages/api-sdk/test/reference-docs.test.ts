import { ConfigurationError } from '@bailiwick/protocol'
import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { describeReason } from '../src/errors/reasons.js'
import { guardWith } from '../src/fetch.js'
import { createResourceServer } from '../src/index.js'
import type { ApiAuthErrorReason, KeySkipReason, ResourceServerEvent } from '../src/index.js'
import { createApi } from './support/docs-events-api.js'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const options = read('../../../docs/reference/api-options.md')
const refusals = read('../../../docs/reference/refusals.md')

interface Section {
  readonly title: string
  /** The cells of each row of its table, without the heads. */
  readonly rows: readonly (readonly string[])[]
}

const sectionsOf = (document: string): readonly Section[] =>
  document
    .split(/^## /m)
    .slice(1)
    .map((text) => ({
      title: text.slice(0, text.indexOf('\n')),
      rows: [...text.matchAll(/^\| (`.*) \|$/gm)].map(([, row = '']) =>
        row.split(' | ').map((cell) => cell.trim()),
      ),
    }))

const namesIn = ({ rows }: Section): readonly string[] =>
  rows.map(([name = '']) => name.replaceAll('`', ''))

const valid = { resource: 'https://api.example.com', issuers: 'https://id.example.com' }

/** Wraps an option that is not there in the objects of a path: `dpop`, `nonce`. */
const nested = (path: readonly string[], inner: object): object =>
  path.reduceRight<object>((value, name) => ({ [name]: value }), inner)

function problemsOf(make: () => unknown): ConfigurationError['problems'] {
  try {
    make()
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems
    throw error
  }
  return []
}

/** The options that there are, as an error names them to who misspells one. */
function namesBeside(make: () => unknown): readonly string[] {
  const [told] = problemsOf(make).flatMap(
    ({ message }) => /no such option: there are (.*)$/.exec(message)?.[1] ?? [],
  )
  return told?.split(', ') ?? []
}

const create = (given: object): unknown =>
  Reflect.apply(createResourceServer, undefined, [{ ...valid, ...given }])

function namesAt(title: string): readonly string[] {
  const misspelt = { misspelt: true }
  if (title === 'guard') {
    const guard = guardWith(createResourceServer(valid))
    return namesBeside(() => Reflect.apply(guard, undefined, ['read', misspelt]))
  }
  if (title === 'createResourceServer') return namesBeside(() => create(misspelt))
  const path = title.split('.')
  if (title !== 'issuers.clientAuth') return namesBeside(() => create(nested(path, misspelt)))
  const kinds = [misspelt, { ...misspelt, privateKey: {} }]
  return [...new Set(kinds.flatMap((kind) => namesBeside(() => create(nested(path, kind)))))]
}

const interfaces: Readonly<Record<string, readonly [file: string, name: string]>> = {
  createResourceServer: ['options/resource-server-options', 'ResourceServerOptions'],
  issuers: ['options/resource-server-options', 'IssuerOptions'],
  'issuers.clientAuth': ['options/client-auth-options', 'ClientSecretOptions'],
  'issuers.tokenShape': ['tokens/token-shape', 'TokenShape'],
  jwks: ['options/resource-server-options', 'JwksOptions'],
  introspection: ['options/resource-server-options', 'IntrospectionOptions'],
  revocation: ['revocation/revocation-check', 'RevocationOptions'],
  verifiedCache: ['tokens/verified-cache', 'VerifiedCacheOptions'],
  dpop: ['options/sender-constraint-options', 'DPoPOptions'],
  'dpop.nonce': ['options/sender-constraint-options', 'DPoPNonceOptions'],
  mtls: ['options/sender-constraint-options', 'MtlsOptions'],
  challenge: ['errors/challenges', 'ChallengeOptions'],
  sources: ['credentials/token-sources', 'SourceOptions'],
  'sources.cookie': ['credentials/token-sources', 'CookieSourceOptions'],
  metadata: ['metadata/metadata-response', 'MetadataPlace'],
  limits: ['options/limit-options', 'LimitOptions'],
  guard: ['guard', 'GuardOptions'],
}

/** The defaults of an interface that are one value, as the editor shows them. */
function defaultsOf(title: string): readonly (readonly [name: string, value: string])[] {
  const [file, name] = interfaces[title]!
  const source = read(`../src/${file}.ts`)
  const [, body = ''] =
    new RegExp(`interface ${name}\\b[^]*?\\{\\n([^]*?)\\n\\}`).exec(source) ?? []
  expect(body).not.toBe('')
  const documented = /@defaultValue (`[^`]+`)(?: \([^)]*\))?\s*\*\/\s*readonly (\w+)/g
  return [...body.matchAll(documented)].map(([, value = '', option = '']) => [option, value])
}

describe('docs/reference/api-options.md', () => {
  const sections = sectionsOf(options).map(
    (section) => [section.title.replaceAll('`', ''), section] as const,
  )

  it('has a section for everything that has options', () => {
    expect(sections.map(([title]) => title)).toEqual(Object.keys(interfaces))
  })

  it.each(sections)('tells of every option of %s and of no other', (title, section) => {
    expect(namesIn(section).toSorted()).toEqual(namesAt(title).toSorted())
  })

  it.each(sections)('tells the defaults of %s that the editor tells', (title, { rows }) => {
    const told = new Map(rows.map(([name, , value]) => [name?.replaceAll('`', ''), value]))
    for (const [name, value] of defaultsOf(title))
      expect([name, told.get(name)]).toEqual([name, value])
  })

  it('compares defaults at all', () => {
    expect(Object.keys(interfaces).flatMap(defaultsOf).length).toBeGreaterThan(25)
  })
})

type EventName = ResourceServerEvent['type']

const eventNames: Readonly<Record<EventName, true>> = {
  refused: true,
  accepted: true,
  introspection: true,
  audience_not_checked: true,
  proof_ignored: true,
  keys_loaded: true,
  keys_not_loaded: true,
  stale_keys_used: true,
  key_store_failed: true,
  revocation_unknown: true,
  private_key_published: true,
  key_skipped: true,
}

const skipReasons: Readonly<Record<KeySkipReason, true>> = {
  not_a_public_key: true,
  not_for_signatures: true,
  algorithm_not_allowed: true,
  weak_key: true,
  not_importable: true,
}

describe('docs/reference/refusals.md', () => {
  const source = read('../src/errors/reasons.ts')
  const [, table = ''] = /const reasons = \{\n([^]*?)\n\}/.exec(source) ?? []
  const reasons = [...table.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name)
  const sections = sectionsOf(refusals)
  const answers = sections.filter(({ title }) => /: \d{3}$/.test(title))

  it('explains every reason once and no other', () => {
    expect(answers.flatMap(namesIn)).toEqual(reasons)
  })

  it.each(answers.map((section) => [section.title, section] as const))(
    'has under "%s" what is answered so',
    (title, section) => {
      const [, code = 'missing_token', status] = /^(?:`(\w+)`|No token): (\d+)$/.exec(title) ?? []
      for (const name of namesIn(section)) {
        const told = describeReason(name as ApiAuthErrorReason)
        expect([name, told.code, told.status]).toEqual([name, code, Number(status)])
      }
    },
  )

  it('shows an API that tells why, as it is compiled', async () => {
    const example = read('./support/docs-events-api.ts').replaceAll(
      '../../src/index.js',
      '@bailiwick/api-sdk',
    )
    expect(refusals).toContain(`\`\`\`ts\n${example}\`\`\``)
    const warn = vi.fn<(reason: string, cause: unknown) => void>()
    await createApi(warn).authenticate({ method: 'GET', url: '/', headers: {} })
    expect(warn.mock.calls).toEqual([['no_credentials', undefined]])
  })

  it('explains every event', () => {
    const events = sections.filter(({ title }) => title === 'Events').flatMap(namesIn)
    expect(events.toSorted()).toEqual(Object.keys(eventNames).toSorted())
  })

  it.each(Object.keys(skipReasons))('explains keys that are skipped as %s', (reason) => {
    expect(refusals).toContain(`\`${reason}\``)
  })
})
