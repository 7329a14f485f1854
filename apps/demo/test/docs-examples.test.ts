import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createAuthorizationServer, sha256 } from '@bailiwick/core'
import type { AuthorizationServer } from '@bailiwick/core'
import type { ApiResource, ResourceDefinitions } from '@bailiwick/protocol'
import { expect, it } from 'vitest'
import { chapters } from '../src/chapters.js'
import type { Chapter, Example } from '../src/chapters.js'
import { chapterOptions } from '../src/identity-server.js'
import { cellsOf, explainExample } from './support/explain-example.js'
import { markdownTable } from './support/markdown-table.js'

// `pnpm docs:examples` rewrites the pages with what is expected here.
const page = (name: string): string =>
  fileURLToPath(new URL(`../../../docs/${name}`, import.meta.url))

const nameOf = (entry: string | { readonly name: string }): string =>
  typeof entry === 'string' ? entry : entry.name

const serverOf = (resources: ResourceDefinitions): AuthorizationServer =>
  createAuthorizationServer({
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
  })

const cells = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())

/** Writes the table of a section anew: the first column is asked, the others are answered. */
async function rewriteTable(
  lines: readonly string[],
  server: AuthorizationServer,
): Promise<readonly string[]> {
  const [headings = '', , ...rows] = lines
  const answered = rows.map(async (line) => {
    const [request = ''] = cells(line)
    const form = request.startsWith('no scope') ? '' : request.replaceAll('`', '')
    return [request, ...cellsOf(await explainExample(server, 'client', form))]
  })
  return markdownTable(cells(headings), await Promise.all(answered))
}

async function rewriteSection(section: string): Promise<string> {
  const [, json] = /```json\n(.*?)```/s.exec(section) ?? []
  const [table] = /(?:^\|.*\n)+/m.exec(section) ?? []
  if (json === undefined || table === undefined) return section
  const server = serverOf(JSON.parse(json) as ResourceDefinitions)
  const rewritten = await rewriteTable(table.trimEnd().split('\n'), server)
  return section.replace(table, () => `${rewritten.join('\n')}\n`)
}

it.each(['api-scopes', 'api-resources', 'isolation'])(
  'the tables of docs/resource-model/%s.md say what bailiwick explain says',
  async (name) => {
    const path = page(`resource-model/${name}.md`)
    const sections = readFileSync(path, 'utf8').split(/^(?=## )/m)
    const rewritten = await Promise.all(sections.map(rewriteSection))
    await expect(rewritten.join('')).toMatchFileSnapshot(path)
  },
)

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')

function describeApi(api: ApiResource): string {
  const { name, scopes = [], userClaims = [], requireResourceIndicator = false } = api
  const { allowedAccessTokenSigningAlgorithms: algorithms = [] } = api
  return [
    `- \`${name}\`${requireResourceIndicator ? ', which is isolated,' : ''} lists ${quoted(scopes)}`,
    ...(userClaims.length > 0 ? [`asks for ${quoted(userClaims)}`] : []),
    ...(algorithms.length > 0 ? [`takes ${algorithms.join(' or ')}`] : []),
  ].join('; ')
}

const origin = 'http://127.0.0.1:5001'
const formOf = ({ scope, resource }: Example): string =>
  resource === undefined ? `scope=${scope}` : `scope=${scope}&resource=${resource}`

async function writeChapter(chapter: Chapter): Promise<string> {
  const server = createAuthorizationServer(chapterOptions(chapter, origin))
  const { apiResources = [] } = chapter.resources
  const explained = await Promise.all(
    chapter.examples.map(async (example) => ({
      form: formOf(example),
      ...(await explainExample(server, 'tour', formOf(example))),
    })),
  )
  const rows = explained.map(({ form, ...example }) => [`\`${form}\``, ...cellsOf(example)])
  const hints = explained.flatMap(({ form, hints: said }) =>
    said.map((hint) => `- \`${form}\`: ${hint}`),
  )
  return [
    `## ${chapter.title}`,
    '',
    ...(apiResources.length > 0 ? [...apiResources.map(describeApi), ''] : []),
    ...markdownTable(['request', '`aud`', '`scope`', '`alg`'], rows),
    ...(hints.length > 0 ? ['', ...hints] : []),
    '',
  ].join('\n')
}

it('docs/resource-model/tour.md says what bailiwick explain says of the tour', async () => {
  const written = await Promise.all(chapters.map(writeChapter))
  const head = [
    '# The tour of the resource model',
    '',
    'Every example of `pnpm tour`, as `bailiwick explain` explains it: what a client gets that acts on its own behalf, and',
    'below each table what it may have expected and did not get. This page is written by `pnpm docs:examples`; what the',
    'rules are is in [the resource model](index.md).',
    '',
    '',
  ].join('\n')
  await expect(head + written.join('\n')).toMatchFileSnapshot(page('resource-model/tour.md'))
})

it.each(chapters)('explains what the tour gets: $title', async (chapter) => {
  const server = createAuthorizationServer(chapterOptions(chapter, origin))
  for (const example of chapter.examples) {
    const { aud, scope, alg, error } = await explainExample(server, 'tour', formOf(example))
    const { token } = example
    if ('error' in token) expect(error).toBe(token.error)
    else {
      const named =
        typeof token.aud === 'string'
          ? token.aud.replace('{issuer}', `${origin}/${chapter.name}`)
          : token.aud
      expect({ aud, scope, alg }).toEqual({
        aud: named,
        scope: token.scope,
        alg: token.alg,
      })
    }
  }
})
