import type { ConfigurationProblem } from '../configuration-error.js'
import { isResourceIndicator } from '../resource-indicator.js'
import { isScopeToken } from '../scope.js'
import type { SigningAlgorithm } from '../signing-algorithm.js'
import { checkAlgorithms } from './check-algorithms.js'
import { checkSecrets } from './check-secrets.js'
import type {
  ApiScopeEntry,
  IdentityResourceEntry,
  ResourceDefinitions,
} from './define-resources.js'
import type { ApiResource, ScopeParameter } from './resource.js'
import { standardIdentityResources } from './standard-identity-resources.js'

const problem = (path: string, message: string): ConfigurationProblem => ({ path, message })

const nameOf = (entry: string | { readonly name: string }): string =>
  typeof entry === 'string' ? entry : entry.name

function checkNames(kind: string, names: readonly string[]): readonly ConfigurationProblem[] {
  const firstIndex = new Map<string, number>()
  return names.flatMap((name, index) => {
    const path = `${kind}[${index}].name`
    const first = firstIndex.get(name)
    firstIndex.set(name, first ?? index)
    if (typeof name !== 'string' || name === '') return [problem(path, 'a name is needed')]
    if (first === undefined) return []
    return [
      problem(path, `'${name}' is already declared at ${kind}[${first}]: remove or rename one`),
    ]
  })
}

function checkScopeName(path: string, name: string): readonly ConfigurationProblem[] {
  if (name === 'offline_access') {
    return [
      problem(
        path,
        `'offline_access' is built in: remove it and set allowOfflineAccess on clients`,
      ),
    ]
  }
  if (name === '' || isScopeToken(name)) return []
  return [problem(path, `'${name}' holds characters that no scope has (RFC 6749 section 3.3)`)]
}

const claimsOf = ({
  userClaims = [],
}: {
  readonly userClaims?: readonly string[]
}): readonly string[] => userClaims

function checkIdentityResource(
  entry: IdentityResourceEntry,
  path: string,
): readonly ConfigurationProblem[] {
  if (typeof entry === 'string') {
    if (Object.hasOwn(standardIdentityResources, entry)) return []
    const standard = Object.keys(standardIdentityResources).join(', ')
    return [
      problem(
        path,
        `'${entry}' is no standard identity resource (${standard}): declare it with name and userClaims`,
      ),
    ]
  }
  if (claimsOf(entry).length > 0) return []
  return [problem(`${path}.userClaims`, 'an identity resource stands for at least one claim')]
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp
  } catch {
    return false
  }
}

function checkScopeParameter(
  { separator = ':', pattern = '' }: ScopeParameter,
  path: string,
): readonly ConfigurationProblem[] {
  const needed = 'a separator is one or more characters that a scope may hold'
  return [
    ...(isScopeToken(separator) ? [] : [problem(`${path}.separator`, needed)]),
    ...(isPattern(pattern)
      ? []
      : [problem(`${path}.pattern`, `'${pattern}' is no regular expression`)]),
  ]
}

interface DeclaredNames {
  readonly identityNames: ReadonlySet<string>
  readonly scopeNames: ReadonlySet<string>
}

function findUndeclared(
  scopes: readonly string[],
  path: string,
  scopeNames: ReadonlySet<string>,
): readonly ConfigurationProblem[] {
  return scopes.flatMap((scope, index) =>
    scopeNames.has(scope)
      ? []
      : [problem(`${path}[${index}]`, `'${scope}' is not declared: add it to apiScopes`)],
  )
}

function checkApiScope(
  entry: ApiScopeEntry,
  path: string,
  { identityNames, scopeNames }: DeclaredNames,
): readonly ConfigurationProblem[] {
  const name = nameOf(entry)
  const taken = identityNames.has(name)
    ? [problem(`${path}.name`, `'${name}' is also an identity resource: rename one of them`)]
    : []
  if (typeof entry === 'string') return taken
  const { parameter, implies = [] } = entry
  return [
    ...taken,
    ...(parameter ? checkScopeParameter(parameter, `${path}.parameter`) : []),
    ...findUndeclared(implies, `${path}.implies`, scopeNames),
  ]
}

function checkApiResource(
  { name, scopes = [], secrets = [], ...resource }: ApiResource,
  path: string,
  { scopeNames, algorithms }: { readonly scopeNames: ReadonlySet<string> } & AvailableAlgorithms,
): readonly ConfigurationProblem[] {
  const unreachable =
    resource.requireResourceIndicator === true && !isResourceIndicator(name)
      ? [
          problem(
            `${path}.name`,
            `'${name}' is isolated but no absolute URI, so no client can name it: rename it, e.g. to 'urn:${name}'`,
          ),
        ]
      : []
  return [
    ...findUndeclared(scopes, `${path}.scopes`, scopeNames),
    ...unreachable,
    ...checkSecrets(secrets, `${path}.secrets`),
    ...checkAlgorithms(
      resource.allowedAccessTokenSigningAlgorithms ?? [],
      `${path}.allowedAccessTokenSigningAlgorithms`,
      algorithms,
    ),
  ]
}

/** The algorithms a server has keys for. */
export interface AvailableAlgorithms {
  readonly algorithms: readonly SigningAlgorithm[]
}

/** Finds everything that is wrong with resource definitions, each with its path and what to do. */
export function checkResources(
  { identityResources = [], apiScopes = [], apiResources = [] }: ResourceDefinitions,
  { algorithms }: AvailableAlgorithms,
): readonly ConfigurationProblem[] {
  const identityNames = new Set(identityResources.map(nameOf))
  const scopeNames = new Set(apiScopes.map(nameOf))
  return [
    ...checkNames('identityResources', identityResources.map(nameOf)),
    ...checkNames('apiScopes', apiScopes.map(nameOf)),
    ...checkNames('apiResources', apiResources.map(nameOf)),
    ...identityResources.flatMap((entry, index) => [
      ...checkScopeName(`identityResources[${index}].name`, nameOf(entry)),
      ...checkIdentityResource(entry, `identityResources[${index}]`),
    ]),
    ...apiScopes.flatMap((entry, index) => [
      ...checkScopeName(`apiScopes[${index}].name`, nameOf(entry)),
      ...checkApiScope(entry, `apiScopes[${index}]`, { identityNames, scopeNames }),
    ]),
    ...apiResources.flatMap((resource, index) =>
      checkApiResource(resource, `apiResources[${index}]`, { scopeNames, algorithms }),
    ),
  ]
}
