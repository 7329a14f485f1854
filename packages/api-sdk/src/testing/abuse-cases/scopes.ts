import { claimsCase } from '../abuse-case.js'
import type { AbuseCase, AbuseContext } from '../abuse-case.js'
import { insufficientScope, invalidToken, passes } from '../expected-answers.js'
import { otherCase } from '../other-case.js'

const malformed = invalidToken('malformed_claim')

const listOf = ({ scope }: AbuseContext): readonly string[] => scope.split(' ')

/** What tokens may do. */
export const scopeCases: readonly AbuseCase[] = [
  claimsCase(['S01', 'no scope'], insufficientScope, { scope: undefined }),
  claimsCase(['S01-other', 'another scope'], insufficientScope, { scope: 'bailiwick-other' }),
  claimsCase(['S03', 'scopes that contain the names'], insufficientScope, (context) => ({
    scope: listOf(context)
      .flatMap((name) => [`${name}-x`, `x:${name}`])
      .join(' '),
  })),
  claimsCase(['S03-capitals', 'scopes in capitals'], insufficientScope, ({ scope }) => ({
    scope: otherCase(scope),
  })),
  claimsCase(['S03-comma', 'a comma between scopes'], insufficientScope, (context) => ({
    scope: ['x', ...listOf(context), 'y'].join(','),
  })),
  claimsCase(['S03-tab', 'a tab between scopes'], insufficientScope, (context) => ({
    scope: ['x', ...listOf(context), 'y'].join('\t'),
  })),
  claimsCase(['S04', 'scopes as a list'], passes, (context) => ({ scope: listOf(context) })),
  claimsCase(['S04-scp', 'scp as text'], passes, ({ scope }) => ({ scope: undefined, scp: scope })),
  claimsCase(['S04-scp-list', 'scp as a list'], passes, (context) => ({
    scope: undefined,
    scp: ['x', ...listOf(context)],
  })),
  claimsCase(['S04-both', 'scope and scp alike'], passes, (context) => ({
    scope: ['x', ...listOf(context)].join(' '),
    scp: [...listOf(context), 'x'],
  })),
  claimsCase(['S05', 'scope and scp that differ'], malformed, { scp: 'bailiwick-other' }),
  claimsCase(['S06', 'a scope that is an object'], malformed, ({ scope }) => ({
    scope: { [scope]: true },
  })),
  claimsCase(['S06-number', 'a scope that is a number'], malformed, { scope: 1 }),
  claimsCase(['S06-mixed', 'scopes of mixed types'], malformed, (context) => ({
    scope: [...listOf(context), 1],
  })),
  claimsCase(['S06-spaced', 'a list of scopes with a space in one'], malformed, ({ scope }) => ({
    scope: [`${scope} x`],
  })),
  claimsCase(['S06-quote', 'a scope with a quote'], malformed, ({ scope }) => ({
    scope: `${scope} "injected="x`,
  })),
]
