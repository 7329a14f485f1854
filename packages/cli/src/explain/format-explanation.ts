import { summarizeDecisions } from '@bailiwick/core'
import type {
  ExplainedDecision,
  ExplainedToken,
  Explanation,
  Phase,
  WhyNotAnswer,
} from '@bailiwick/core'
import type { TextStyle } from './text-style.js'
import { continued, listItem, wrapText } from './wrap-text.js'

type Claims = ExplainedToken['claims']
type Section = readonly string[]

const nameOfPhase = {
  authorization: 'authorization request',
  token: 'token request',
  refresh: 'refresh',
  userinfo: 'userinfo request',
} as const satisfies Record<Phase, string>

const pathed = (sentence: string, path: string | undefined): string =>
  path === undefined ? sentence : `${sentence} [${path}]`

/** Rows of a name and what belongs to it. */
function rows(pairs: readonly (readonly [name: string, value: string | undefined])[]): Section {
  const present = pairs.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))
  const width = Math.max(...present.map(({ name }) => name.length))
  return present.map(({ name, value }) =>
    wrapText(value, { first: `  ${name.padEnd(width)}  `, other: ' '.repeat(width + 4) }),
  )
}

const listOf = (values: readonly string[] | string | undefined): string | undefined => {
  const text = [values ?? []].flat().join(' ')
  return text === '' ? undefined : text
}

function formatRequest({ request }: Explanation, style: TextStyle): Section {
  const { clientId, grantType, scope, resources, user, consent, claims } = request
  const { tokenResource, refresh } = request
  return [
    style.heading('Request'),
    ...rows([
      ['client', clientId],
      ['grant', grantType],
      ['scope', listOf(scope) ?? '(none)'],
      ['resource', listOf(resources)],
      ['user', user?.subject],
      ['consent', consent && (listOf(consent) ?? '(nothing)')],
      ['claims', claims],
      ['token resource', listOf(tokenResource)],
      ['then', refresh && 'a refresh'],
      ['refresh scope', refresh?.scope],
      ['refresh resource', refresh?.resource],
    ]),
  ]
}

/** What is told beside the claims of the tokens is not told twice. */
const isToldThere = ({ type }: { readonly type: ExplainedDecision['type'] }): boolean =>
  type === 'protocol_claim' || type === 'claim_included'

function formatDecisions({ decisions }: Explanation, style: TextStyle): readonly Section[] {
  const told = summarizeDecisions(decisions).filter((decision) => !isToldThere(decision))
  const phases = [...new Set(told.map(({ phase }) => phase))]
  return phases.map((phase) => [
    style.heading(`Decisions at the ${nameOfPhase[phase]}`),
    ...told
      .filter((decision) => decision.phase === phase)
      .map(({ sentence, path }) => listItem(pathed(sentence, path))),
  ])
}

/** The last word on each claim of a token. */
function originsOf(
  target: 'access_token' | 'id_token' | 'userinfo',
  { decisions }: Pick<Explanation, 'decisions'>,
): ReadonlyMap<string, string> {
  return new Map(
    decisions.flatMap((decision) =>
      'claim' in decision && decision.target === target && isToldThere(decision)
        ? [[decision.claim, pathed(decision.sentence, decision.path)] as const]
        : [],
    ),
  )
}

function formatClaims(claims: Claims, origins: ReadonlyMap<string, string>): Section {
  const width = Math.max(...Object.keys(claims).map((name) => name.length))
  const entries = Object.entries(claims).map(([name, value]) => ({
    head: `  ${name.padEnd(width)}  ${JSON.stringify(value)}`,
    origin: origins.get(name) ?? '',
  }))
  const column = Math.min(44, 2 + Math.max(...entries.map(({ head }) => head.length)))
  return entries.map(({ head, origin }) => {
    if (origin === '') return head
    const other = ' '.repeat(column)
    return head.length + 2 > column
      ? `${head}\n${wrapText(origin, { first: other, other })}`
      : wrapText(origin, { first: head.padEnd(column), other })
  })
}

const formatHeader = ({ header }: ExplainedToken): string => {
  if (header === undefined) return ' (a handle: the claims are in the store)'
  const members = Object.entries(header).map(([name, value]) => `${name} ${String(value)}`)
  const key = header['kid'] === undefined ? ['kid of the key in the store'] : []
  return ` (${[...members, ...key].join(', ')})`
}

function formatAnswers(
  explanation: Pick<Explanation, 'accessToken' | 'idToken' | 'userinfo' | 'decisions'>,
  style: TextStyle,
): readonly Section[] {
  const { accessToken, idToken, userinfo } = explanation
  const format = (
    heading: string,
    claims: Claims,
    target: 'access_token' | 'id_token' | 'userinfo',
  ): Section => [style.heading(heading), ...formatClaims(claims, originsOf(target, explanation))]
  return [
    ...(accessToken
      ? [format(`Access token${formatHeader(accessToken)}`, accessToken.claims, 'access_token')]
      : []),
    ...(idToken ? [format(`ID token${formatHeader(idToken)}`, idToken.claims, 'id_token')] : []),
    ...(userinfo ? [format('Userinfo', userinfo, 'userinfo')] : []),
  ]
}

function formatError({ error }: Explanation, style: TextStyle): readonly Section[] {
  if (error === undefined) return []
  const { error: code, error_description: description, phase } = error
  return [
    [
      style.failure(`Error: ${code}`),
      wrapText(`${description} (at the ${nameOfPhase[phase]})`, { first: '  ', other: '  ' }),
    ],
  ]
}

function formatSuggestions({ suggestions }: Explanation, style: TextStyle): readonly Section[] {
  if (suggestions.length === 0) return []
  return [
    [
      style.heading('What is missing, and what would give it'),
      ...suggestions.map(({ because, change }) => `${listItem(because)}\n${continued(change)}`),
    ],
  ]
}

const join = (sections: readonly Section[]): string =>
  sections.map((lines) => `${lines.join('\n')}\n`).join('\n')

/** Answers questions, one a line. */
export const formatAnswersTo = (answers: readonly WhyNotAnswer[]): string =>
  answers
    .map(({ because, change = '' }) =>
      wrapText(`${because} ${change}`.trim(), { first: '', other: '' }),
    )
    .map((answer) => `${answer}\n`)
    .join('')

/** Writes what a token says, and where each claim comes from. */
export const formatTokens = (
  explanation: Pick<Explanation, 'accessToken' | 'idToken' | 'userinfo' | 'decisions'>,
  style: TextStyle,
): string => join(formatAnswers(explanation, style))

/** Writes an explanation for people, at most `textWidth` columns wide where values allow it. */
export function formatExplanation(explanation: Explanation, style: TextStyle): string {
  return join([
    formatRequest(explanation, style),
    ...formatDecisions(explanation, style),
    ...formatError(explanation, style),
    ...formatAnswers(explanation, style),
    ...formatSuggestions(explanation, style),
  ])
}
