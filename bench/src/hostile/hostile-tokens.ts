import { randomBytes, randomUUID } from 'node:crypto'
import { world } from '../guard/world.js'

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

const header = { alg: 'ES256', kid: 'bench', typ: 'at+jwt' }

const claims = {
  iss: world.issuer,
  aud: world.audience,
  sub: world.subject,
  client_id: 'web',
  scope: world.scope,
  iat: Math.floor(Date.now() / 1000),
  exp: Math.floor(Date.now() / 1000) + 3600,
}

const forge = (changes: { readonly header?: object; readonly payload?: unknown }): string =>
  [
    encode({ ...header, ...changes.header }),
    encode(changes.payload ?? { ...claims, jti: randomUUID() }),
    randomBytes(64).toString('base64url'),
  ].join('.')

const nested = `{"x":${'['.repeat(4500)}${']'.repeat(4500)}}`

/** What somebody may send who has no token. No two are alike, except for the largest. */
export const hostileTokens = {
  'random issuer': () => forge({ payload: { ...claims, iss: `https://${randomUUID()}.example` } }),
  'random key': () => forge({ header: { kid: randomUUID() } }),
  'random signature': () => forge({}),
  'random opaque token': () => randomBytes(32).toString('base64url'),
  '12 KB of dots': () => '.'.repeat(12_000),
  '12 KB of nested JSON': () => forge({ payload: nested }),
} as const satisfies Record<string, () => string>

/** What is sent, by its name. */
export type HostileKind = keyof typeof hostileTokens
