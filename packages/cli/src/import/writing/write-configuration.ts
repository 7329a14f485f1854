import type { Client } from '@bailiwick/core'
import { isLoopback } from '../../configuration/is-loopback.js'
import { imitation, shortApiScope, shortIdentityResource } from '../configuration-of.js'
import { keyRetentionOf } from '../key-retention.js'
import type { Draft, DraftEntry } from '../mapping/draft.js'
import type { AcceptedDraft } from '../refuse-values.js'
import { quote, toCode } from './code.js'
import type { Code, CodeItem, CodeMember } from './code.js'
import { printCode, printComment } from './print-code.js'

const notes = {
  compatibility:
    "IdentityServer's tokens: scope is a list, for example. Remove it when nobody needs them.",
  session: 'IdentityServer ends a session ten hours after the login, whether it is used or not.',
  paths:
    'Where IdentityServer has its endpoints, for whoever does not look them up in its metadata.',
  keyManagement: 'As long as the longest of the tokens that they sign.',
  dataKeys:
    "Encrypts what the store keeps. Make one with 'openssl rand -base64 32' and keep it elsewhere.",
  issuer: 'Set issuer to the address that APIs and clients know.',
} as const

/** Whether a server with this issuer needs keys to encrypt with. */
const needsDataKeys = ({ options: { issuer } }: Draft): boolean =>
  issuer !== undefined && !isLoopback(issuer)

const member = (name: string, value: unknown, comment?: string): CodeMember => ({
  name,
  code: toCode(value),
  ...(comment !== undefined && { comment }),
})

const listMember = (name: string, items: readonly CodeItem[]): readonly CodeMember[] =>
  items.length === 0 ? [] : [{ name, code: { kind: 'list', items } }]

/** Entries of which nothing is known but a name stand beside each other. */
const codeOfEntries = (values: readonly unknown[]): readonly CodeItem[] =>
  values.map((value) => ({ code: toCode(value) }))

function codeOfClient({ value, comment }: DraftEntry<Client>): CodeItem {
  const members = Object.entries(value).map(([name, one]) => member(name, one))
  return {
    code: { kind: 'object', members, isOpen: true },
    ...(comment !== undefined && { comment }),
  }
}

const resourcesCode = ({ identityResources, apiScopes, apiResources }: Draft): Code => ({
  kind: 'object',
  isOpen: true,
  members: [
    ...listMember(
      'identityResources',
      codeOfEntries(identityResources.map(({ value }) => shortIdentityResource(value))),
    ),
    ...listMember('apiScopes', codeOfEntries(apiScopes.map(({ value }) => shortApiScope(value)))),
    ...listMember('apiResources', codeOfEntries(apiResources.map(({ value }) => value))),
  ],
})

const dataKeysCode: CodeMember = {
  name: 'dataKeys',
  code: { kind: 'text', text: "[process.env['BAILIWICK_DATA_KEY'] ?? '']" },
  comment: notes.dataKeys,
}

const configurationCode = (draft: Draft): Code => ({
  kind: 'object',
  isOpen: true,
  members: [
    ...Object.entries(draft.options).map(([name, value]) => member(name, value)),
    ...(needsDataKeys(draft) ? [dataKeysCode] : []),
    member('compatibility', imitation.compatibility, notes.compatibility),
    member('session', imitation.session, notes.session),
    member('paths', imitation.paths, notes.paths),
    ...Object.entries(keyRetentionOf(draft)).map(([name, value]) =>
      member(name, value, notes.keyManagement),
    ),
    { spread: 'resources' },
    { name: 'clients', code: { kind: 'list', items: draft.clients.map(codeOfClient) } },
  ],
})

const call = (name: string, code: Code): string =>
  `${name}(${printCode(code, { taken: 0, indent: '' })})`

const importOf = (what: string, module: string): string => `import ${what} from ${quote(module)}\n`

/** What is not in the result stands below it as a comment, for whoever completes it. */
function leftOutCode({ leftOut }: AcceptedDraft): string {
  return Object.entries(leftOut)
    .filter(([, entries]) => entries.length > 0)
    .map(([kind, entries]) => {
      const list = printCode(toCode(entries.map(({ value }) => value)), { taken: 0, indent: '' })
      const lines = `${kind}: ${list}`.split('\n').map((line) => `// ${line}\n`)
      return `\n// Left out, because a server would not start with it:\n//\n${lines.join('')}`
    })
    .join('')
}

/** Writes a draft as a TypeScript file that `bailiwick serve --config` reads. */
export function writeConfiguration(accepted: AcceptedDraft, source: string): string {
  const { draft } = accepted
  return [
    printComment(`Made by bailiwick import from ${source}.`),
    draft.options.issuer === undefined ? printComment(notes.issuer) : '',
    importOf('{ defineConfiguration }', '@bailiwick/cli'),
    importOf('{ defineResources }', '@bailiwick/protocol'),
    needsDataKeys(draft) ? importOf('process', 'node:process') : '',
    `\nexport const resources = ${call('defineResources', resourcesCode(draft))}\n`,
    `\nexport default ${call('defineConfiguration', configurationCode(draft))}\n`,
    leftOutCode(accepted),
  ].join('')
}
