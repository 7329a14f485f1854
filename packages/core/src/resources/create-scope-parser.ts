import type { ApiScope } from '@bailiwick/protocol'
import type { ResourceIndex } from '../stores/resource-index.js'
import type { ScopeParser, ScopeParserResult } from '../stores/scope-parser.js'
import { quoted } from '../http/quoted.js'

interface ParameterRule {
  readonly separator: string
  readonly isRequired: boolean
  readonly pattern: RegExp
}

function ruleOf({ parameter }: ApiScope): ParameterRule | undefined {
  if (parameter === undefined) return undefined
  const { separator = ':', required = true, pattern = '.+' } = parameter
  return { separator, isRequired: required, pattern: new RegExp(`^(?:${pattern})$`, 'u') }
}

const plain = (value: string): ScopeParserResult => ({
  kind: 'scope',
  scope: { value, name: value },
})

const invalid = (reason: string): ScopeParserResult => ({ kind: 'invalid', reason })

// Every way to cut a value in two at a separator, the longest name first.
function* cuts(value: string, separator: string): Iterable<readonly [name: string, rest: string]> {
  let at = value.lastIndexOf(separator)
  while (at > 0) {
    yield [value.slice(0, at), value.slice(at + separator.length)]
    at = value.lastIndexOf(separator, at - 1)
  }
}

/**
 * Makes the scope parser that knows the declared scopes: an exact name is itself, and `transaction:42` is the scope
 * `transaction` with the parameter `42` where `transaction` declares one.
 */
export function createScopeParser({ apiScopes }: Pick<ResourceIndex, 'apiScopes'>): ScopeParser {
  const ruleByName = new Map(
    apiScopes.flatMap((scope) => {
      const rule = ruleOf(scope)
      return rule === undefined ? [] : [[scope.name, rule] as const]
    }),
  )
  if (ruleByName.size === 0) return plain
  const names = new Set(apiScopes.map(({ name }) => name))
  const separators = [...new Set([...ruleByName.values()].map(({ separator }) => separator))]

  function parameterized(value: string): ScopeParserResult | undefined {
    for (const separator of separators) {
      for (const [name, parameter] of cuts(value, separator)) {
        const rule = ruleByName.get(name)
        if (rule?.separator !== separator) continue
        if (rule.pattern.test(parameter))
          return { kind: 'scope', scope: { value, name, parameter } }
        return invalid(`scope ${quoted(value)} has a parameter that '${name}' does not take`)
      }
    }
    return undefined
  }

  return (value) => {
    if (ruleByName.get(value)?.isRequired === true) {
      return invalid(`scope ${quoted(value)} needs a parameter`)
    }
    if (names.has(value)) return plain(value)
    return parameterized(value) ?? plain(value)
  }
}
