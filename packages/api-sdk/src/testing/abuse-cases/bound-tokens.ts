import { claimsCase, tokenCase } from '../abuse-case.js'
import type { AbuseCase, AbuseContext, AbuseName } from '../abuse-case.js'
import { invalidToken } from '../expected-answers.js'

/** A SHA-256 hash, of nothing. */
const thumbprint = 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2'

async function boundToken({ issuer, scope }: AbuseContext): Promise<string> {
  return issuer.token({ scope }, { bind: await issuer.dpopKey() })
}

const notUnderstood = (name: AbuseName, cnf: unknown): AbuseCase =>
  claimsCase(name, invalidToken('unsupported_confirmation'), { cnf })

/** Tokens that are bound to a key or certificate, and stolen. */
export const boundTokenCases: readonly AbuseCase[] = [
  tokenCase(
    ['D02', 'a token that is bound to a key, without proof'],
    invalidToken('binding_required'),
    boundToken,
  ),
  notUnderstood(['D32', 'an empty cnf'], {}),
  notUnderstood(['D32-null', 'a cnf that is null'], null),
  notUnderstood(['D32-text', 'a cnf that is a text'], 'x'),
  notUnderstood(['D32-list', 'a cnf that is a list'], []),
  notUnderstood(['D32-kid', 'a cnf with a kid alone'], { kid: 'k' }),
  notUnderstood(['D32-jkt-empty', 'an empty jkt'], { jkt: '' }),
  notUnderstood(['D32-jkt-short', 'a jkt that is no hash'], { jkt: 'x' }),
  notUnderstood(['D32-jkt-list', 'a jkt that is a list'], { jkt: [thumbprint] }),
  notUnderstood(['D32-jkt-null', 'a jkt that is null beside a certificate'], {
    jkt: null,
    'x5t#S256': thumbprint,
  }),
  notUnderstood(['D32-x5t', 'an x5t#S256 with padding'], { 'x5t#S256': `${thumbprint}=` }),
  claimsCase(
    ['M01', 'a token that is bound to a certificate, without it'],
    invalidToken('certificate_missing'),
    { cnf: { 'x5t#S256': thumbprint } },
  ),
]
