import { describe, expect, it } from 'vitest'
import type { ResourceServerOptions } from '../../src/index.js'
import { boundToken, proofOf } from '../support/proofs.js'
import { createReferenceWorld, opaque } from '../support/reference-world.js'
import { now } from '../support/test-issuer.js'
import { createWorld } from '../support/world.js'

/** Options as they are where undefined may stand for what is not there, as in JavaScript. */
const withUndefined = (
  name: keyof ResourceServerOptions,
  members: readonly string[],
  others: object = {},
): Partial<ResourceServerOptions> => ({
  [name]: { ...others, ...Object.fromEntries(members.map((member) => [member, undefined])) },
})

const late = <Value>(value: Value): Promise<Value> =>
  new Promise((resolve) => {
    setTimeout(resolve, 30, value)
  })

describe('an option that is there and undefined', () => {
  it('is the default, about keys', async () => {
    const store = { get: () => late(undefined), set: () => undefined }
    const members = ['maxAge', 'cooldown', 'staleIfError', 'timeout', 'storeTimeout']
    const world = createWorld(withUndefined('jwks', members, { store }))
    expect(await world.outcome(world.token())).toBe('alice')
    expect(world.events.map(({ type }) => type)).toEqual(['keys_loaded', 'accepted'])
    expect(world.api.snapshot().issuers).toMatchObject([{ maxAge: 600 }])
  })

  it('is the default, about introspection', async () => {
    const members = ['audience', 'cacheFor', 'response', 'timeout']
    const world = createReferenceWorld(withUndefined('introspection', members))
    world.answerWith(() => late(Response.json({ active: false })))
    expect(await world.outcome(opaque)).toBe('inactive')
  })

  it.each([
    ['maxAge', { iat: now - 61 }, 'DPoP'],
    ['mode', undefined, 'Bearer'],
  ])('is the default, about the %s of DPoP', async (member, claims, scheme) => {
    const world = createWorld({ profile: 'fapi2', ...withUndefined('dpop', [member]) })
    const token = boundToken(world)
    const { api } = world
    const headers = {
      authorization: `${scheme} ${token}`,
      ...(claims && { dpop: proofOf(token, claims) }),
    }
    const result = await api.authenticate({ method: 'GET', url: '/', headers })
    expect(result).toMatchObject({ ok: false, error: { status: 401 } })
    expect(result.ok ? [] : result.response.headers['www-authenticate']).not.toContain('Bearer')
  })

  it('is the default, about the lifetime of nonces', async () => {
    const nonce = { secrets: ['n'.repeat(32)], lifetime: undefined }
    const { api, token } = createWorld(withUndefined('dpop', [], { nonce }))
    const bound = boundToken({ token })
    const send = (claims?: Readonly<Record<string, unknown>>) => {
      const headers = { authorization: `DPoP ${bound}`, dpop: proofOf(bound, claims) }
      return api.authenticate({ method: 'GET', url: '/', headers })
    }
    const refused = await send()
    const given = refused.ok ? undefined : refused.response.headers['dpop-nonce']
    expect(await send({ nonce: given })).toMatchObject({ ok: true })
  })
})
