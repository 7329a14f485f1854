import { ConfigurationError } from '@bailiwick/protocol'
import type { ConfigurationProblem } from '@bailiwick/protocol'
import { findProblems } from './find-problems.js'
import type { ReportFinding } from './findings.js'
import type { Draft, DraftEntry } from './mapping/draft.js'
import { membersOf, placeOf, sourcePath } from './problem-place.js'
import type { ProblemPlace } from './problem-place.js'
import type { Kind } from './sources/identity-server-configuration.js'

type Entry = DraftEntry<object>

/** A draft that a server starts with, and the entries that are not in it. */
export interface AcceptedDraft {
  readonly draft: Draft
  readonly leftOut: Readonly<Record<Kind, readonly Entry[]>>
}

/** Without these an entry is none, or another one. */
const essential: ReadonlySet<string> = new Set(['name', 'clientId', 'userClaims', 'clientSecrets'])

/** Takes an item out of a list or an object, or else a member out of the entry. Gives nothing when it is essential. */
function without(entry: Entry, { member, item }: ProblemPlace): Entry | undefined {
  const { [member]: old, ...others } = membersOf(entry.value)
  if (old === undefined) return undefined
  if (item === undefined) return essential.has(member) ? undefined : { ...entry, value: others }
  if (!Object.hasOwn(membersOf(old), item)) return undefined
  const kept = Object.entries(membersOf(old)).filter(([name]) => name !== item)
  if (kept.length === 0) return { ...entry, value: others }
  const rest = Array.isArray(old) ? kept.map(([, value]) => value) : Object.fromEntries(kept)
  return { ...entry, value: { ...membersOf(entry.value), [member]: rest } }
}

/** What is wrong, and what the server says is to be done. */
function faultOf(path: string, { message }: ConfigurationProblem) {
  const [, what = message, remedy = 'put one into the result that is accepted'] =
    /^(.*?): (.*)$/s.exec(message) ?? []
  return { path, message: what, fix: remedy }
}

const keyOf = ({ kind, index, member, item = '' }: ProblemPlace): string =>
  [kind, index, member, item].join(' ')

interface PlacedProblem {
  readonly problem: ConfigurationProblem
  readonly place: ProblemPlace
}

/** The last ones first, so that taking out one does not move the next, and each place once. */
function placedProblems(problems: readonly ConfigurationProblem[]): readonly PlacedProblem[] {
  const placed = problems.flatMap((problem) => {
    const place = placeOf(problem)
    return place === undefined ? [] : [{ problem, place }]
  })
  return [...new Map(placed.map((one) => [keyOf(one.place), one])).values()].toReversed()
}

/** What is left of an entry; nothing when it cannot be without what is refused. */
function refuse(
  entry: Entry,
  { problem, place }: PlacedProblem,
  report: ReportFinding,
): Entry | undefined {
  const rest = without(entry, place)
  report(rest === undefined ? 'left-out' : 'refused', faultOf(sourcePath(entry, place), problem))
  return rest
}

interface Sifted {
  readonly kept: readonly Entry[]
  readonly leftOut: readonly Entry[]
}

function sift(
  entries: readonly Entry[],
  problems: readonly PlacedProblem[],
  report: ReportFinding,
): Sifted {
  const pairs = entries.map((entry, index) => ({
    entry,
    rest: problems
      .filter(({ place }) => place.index === index)
      .reduce<Entry | undefined>((rest, one) => rest && refuse(rest, one, report), entry),
  }))
  return {
    kept: pairs.flatMap(({ rest }) => rest ?? []),
    leftOut: pairs.filter(({ rest }) => rest === undefined).map(({ entry }) => entry),
  }
}

const isIssuerRefused = (
  { options: { issuer } }: Draft,
  problems: readonly ConfigurationProblem[],
): boolean => issuer !== undefined && problems.some(({ path }) => path === 'issuer')

function refuseIssuer(
  draft: Draft,
  problems: readonly ConfigurationProblem[],
  report: ReportFinding,
): Draft {
  const problem = problems.find(({ path }) => path === 'issuer')
  if (problem === undefined) return draft
  report('issuer', faultOf('IssuerUri', problem))
  const { issuer: _, ...options } = draft.options
  return { ...draft, options }
}

const siftedDraft = (draft: Draft, sifted: Readonly<Record<Kind, Sifted>>): Draft =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- members are taken out that may be absent, as the server is asked again
  ({ ...draft, ...mapKinds((kind) => sifted[kind].kept) }) as Draft

const mapKinds = <Value>(toValue: (kind: Kind) => Value): Readonly<Record<Kind, Value>> => ({
  identityResources: toValue('identityResources'),
  apiScopes: toValue('apiScopes'),
  apiResources: toValue('apiResources'),
  clients: toValue('clients'),
})

/**
 * Takes out of a draft what a server would not start with, and reports it in the words of the server. What refers to an
 * entry that is gone goes as well.
 */
export function refuseValues(draft: Draft, report: ReportFinding): AcceptedDraft {
  const problems = findProblems(draft)
  if (problems.length === 0) return { draft, leftOut: mapKinds(() => []) }
  const placed = placedProblems(problems)
  // Each place makes a draft smaller, so that this comes to an end. A problem without one is a mistake of the import.
  if (placed.length === 0 && !isIssuerRefused(draft, problems)) {
    throw new ConfigurationError(problems)
  }
  const sifted = mapKinds((kind) =>
    sift(
      draft[kind],
      placed.filter(({ place }) => place.kind === kind),
      report,
    ),
  )
  const rest = siftedDraft(refuseIssuer(draft, problems, report), sifted)
  const accepted = refuseValues(rest, report)
  return {
    draft: accepted.draft,
    leftOut: mapKinds((kind) => [...sifted[kind].leftOut, ...accepted.leftOut[kind]]),
  }
}
