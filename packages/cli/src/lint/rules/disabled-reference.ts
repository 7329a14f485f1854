import type { LintRule } from '../lint-rule.js'
import type { LintSubject } from '../lint-subject.js'

interface Reference {
  readonly path: string
  readonly names: readonly string[] | undefined
}

interface Switchable {
  readonly name: string
  readonly enabled?: boolean
}

const disabledNames = (entries: readonly (string | Switchable)[] = []): readonly string[] =>
  entries.flatMap((entry) =>
    typeof entry !== 'string' && entry.enabled === false ? [entry.name] : [],
  )

const scopeReferences = ({
  clients,
  apiScopes,
  apiResources,
}: LintSubject): readonly Reference[] => [
  ...clients.flatMap(({ path, value: { allowedScopes, defaultScopes } }) => [
    { path: `${path}.allowedScopes`, names: allowedScopes },
    { path: `${path}.defaultScopes`, names: defaultScopes },
  ]),
  ...apiResources.map(({ path, value }) => ({ path: `${path}.scopes`, names: value.scopes })),
  ...apiScopes.map(({ path, value }) => ({ path: `${path}.implies`, names: value.implies })),
]

const apiReferences = ({ clients }: LintSubject): readonly Reference[] =>
  clients.map(({ path, value }) => ({
    path: `${path}.allowedResources`,
    names: value.allowedResources,
  }))

const findIn = (
  references: readonly Reference[],
  disabled: readonly string[],
): ReturnType<LintRule['check']> =>
  references.flatMap(({ path, names = [] }) =>
    names.flatMap((name, index) =>
      disabled.includes(name)
        ? [
            {
              path: `${path}[${index}]`,
              message: `'${name}' is disabled`,
              fix: `enable '${name}', or remove it here`,
            },
          ]
        : [],
    ),
  )

/** Finds scopes and APIs that are named although they are disabled. */
export const disabledReference: LintRule = {
  id: 'disabled-reference',
  severity: 'warning',
  title: 'something enabled that names something disabled',
  why: 'What is disabled does not exist for requests. A client that asks for it gets invalid_scope or invalid_target, and one whose defaultScopes hold it gets that for every request without scope.',
  check: (subject) => {
    const { identityResources, apiScopes, apiResources } = subject.configuration
    return [
      ...findIn(scopeReferences(subject), [
        ...disabledNames(identityResources),
        ...disabledNames(apiScopes),
      ]),
      ...findIn(apiReferences(subject), disabledNames(apiResources)),
    ]
  },
}
