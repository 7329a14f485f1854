import { alikePairs } from '../alike-pairs.js'
import { readingOf } from '../likeness.js'
import type { Fault, LintRule } from '../lint-rule.js'
import type { LintSubject } from '../lint-subject.js'
import { claimUses } from '../claim-uses.js'

interface Name {
  readonly path: string
  readonly name: string
}

const namesAt = (
  entries: readonly { readonly path: string; readonly value: { readonly name: string } }[],
): readonly Name[] => entries.map(({ path, value: { name } }) => ({ path, name }))

/** Names among which one could be taken for another. */
function namespaces(subject: LintSubject): readonly (readonly Name[])[] {
  return [
    namesAt([...subject.identityResources, ...subject.apiScopes]),
    namesAt(subject.apiResources),
    subject.clients.map(({ path, value: { clientId } }) => ({ path, name: clientId })),
    claimUses(subject),
  ]
}

/** Each name once, where it is declared first. */
const distinct = (names: readonly Name[]): readonly Name[] => {
  const firstByName = new Map(names.toReversed().map((name) => [name.name, name]))
  return names.filter((name) => firstByName.get(name.name) === name)
}

function findSimilar(names: readonly Name[]): readonly Fault[] {
  const readings = distinct(names).map(({ path, name }) => ({ path, ...readingOf(name) }))
  return alikePairs(readings).map(({ earlier, later, likeness }) => ({
    path: later.path,
    message: `'${later.name}' and '${earlier.name}' (${earlier.path}) ${likeness}`,
    fix: 'if both mean the same, use one name everywhere; if not, rename one so that nobody confuses them',
  }))
}

/** Finds names of one kind that people take for each other. */
export const similarNames: LintRule = {
  id: 'similar-names',
  severity: 'warning',
  title: 'two names that differ by case, by one character, or not to the eye',
  why: 'Names are compared character by character. Where two look alike, one of them often is a slip, and a person who checks what a client may do, or what a user consents to, takes one for the other.',
  check: (subject) => namespaces(subject).flatMap(findSimilar),
}
