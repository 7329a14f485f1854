import { claimsCase, tokenCase } from '../abuse-case.js'
import type { AbuseCase, AbuseContext } from '../abuse-case.js'
import { invalidToken } from '../expected-answers.js'

const unproven = invalidToken('bound_token')

async function boundToken({ issuer, scope }: AbuseContext): Promise<string> {
  return issuer.token({ scope }, { bind: await issuer.dpopKey() })
}

/** Tokens that are bound to a key or certificate, and stolen. */
export const boundTokenCases: readonly AbuseCase[] = [
  tokenCase(['D02', 'a token that is bound to a key, without proof'], unproven, boundToken),
  claimsCase(['D32', 'an empty cnf'], unproven, { cnf: {} }),
  claimsCase(['D32-null', 'a cnf that is null'], unproven, { cnf: null }),
  claimsCase(['D32-text', 'a cnf that is a text'], unproven, { cnf: 'x' }),
  claimsCase(['D32-kid', 'a cnf with a kid alone'], unproven, { cnf: { kid: 'k' } }),
  claimsCase(['D32-empty', 'a cnf with an empty jkt'], unproven, { cnf: { jkt: '' } }),
  claimsCase(['D32-list', 'a cnf with a jkt that is a list'], unproven, { cnf: { jkt: ['x'] } }),
  claimsCase(['M01', 'a token that is bound to a certificate, without it'], unproven, {
    cnf: { 'x5t#S256': 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2' },
  }),
]
