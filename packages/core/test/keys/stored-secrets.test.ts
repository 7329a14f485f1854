import { randomBytes } from 'node:crypto'
import { decodeProtectedHeader } from 'jose'
import { describe, expect, it } from 'vitest'
import { generateSigningKey } from '../../src/index.js'
import { createDataKeys } from '../../src/keys/data-keys.js'
import type { JsonValue } from '../../src/index.js'
import { createCluster, day, keyRecords, publishedKids } from '../support/keys.js'
import { problemsOf } from '../support/problems.js'
import { bodyOf, post, requestToken } from '../support/server.js'

const [oldKey, newKey] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64url')]
const clientCredentials = { grant_type: 'client_credentials' }

/** A private key in a record, as text: what a reader of the store sees. */
async function sealedOf(store: Parameters<typeof keyRecords>[0]): Promise<string[]> {
  const records = await keyRecords(store)
  return records.map(({ data }) => String((data as { sealed?: string }).sealed))
}

interface SealedData {
  readonly [member: string]: JsonValue
  readonly sealed: string
}

/** With another character in the middle of the ciphertext. */
const withOtherCharacter = (sealed: string): string =>
  sealed.slice(0, -40) + (sealed.at(-40) === 'A' ? 'B' : 'A') + sealed.slice(-39)

describe('private keys in the store', () => {
  it('are encrypted with the first data key', async () => {
    const { node, store } = createCluster()
    await requestToken(node({ dataKeys: [newKey, oldKey] }))
    const [record] = await keyRecords(store)
    const { sealed = '', ...data } = (record?.data ?? {}) as { readonly sealed?: string }
    expect(Object.keys(data).toSorted()).toEqual([
      'algorithm',
      'createdAt',
      'generation',
      'kid',
      'signsFrom',
    ])
    const { kid, ...header } = decodeProtectedHeader(sealed)
    expect(header).toEqual({ alg: 'dir', enc: 'A256GCM' })
    const { d } = (await createDataKeys([newKey]).open(sealed)) as { readonly d: string }
    expect(d).toHaveLength(43)
    const everything = JSON.stringify(await keyRecords(store))
    for (const secret of [d, newKey, oldKey]) expect(everything).not.toContain(secret)
    expect(newKey + oldKey).not.toContain(kid)
  })

  it('are kept as they are on a loopback address without data keys', async () => {
    const { node, store } = createCluster()
    await requestToken(node({ dataKeys: [], issuer: 'http://127.0.0.1:5001' }))
    expect((await sealedOf(store)).map((text) => JSON.parse(text) as object)).toEqual([
      expect.objectContaining({ kty: 'OKP', d: expect.any(String) as string }),
    ])
  })

  it('can be read while the data key is replaced', async () => {
    const { node, clock, store } = createCluster()
    const first = await publishedKids(node({ dataKeys: [oldKey] }))
    expect(await publishedKids(node({ dataKeys: [newKey, oldKey] }))).toEqual(first)
    clock.pass(80 * day)
    const server = node({ dataKeys: [newKey, oldKey] })
    expect(await publishedKids(server)).toHaveLength(2)
    const [sealedFirst = '', sealedSecond = ''] = await sealedOf(store)
    await expect(createDataKeys([newKey]).open(sealedFirst)).rejects.toThrow(
      'which is not among dataKeys',
    )
    expect(await createDataKeys([newKey]).open(sealedSecond)).toMatchObject({ alg: 'EdDSA' })
    clock.pass(30 * day)
    expect(await publishedKids(node({ dataKeys: [newKey] }))).toHaveLength(1)
  })

  it.each<[string, readonly string[], readonly string[], RegExp]>([
    [
      'a data key that is missing',
      [oldKey],
      [newKey],
      /^the signing key \S+ in the store cannot be opened: it is encrypted with the data key [\w-]{16}, which is not among dataKeys$/,
    ],
    ['all data keys missing', [oldKey], [], /encrypted with the data key/],
    [
      'a key that was never encrypted',
      [],
      [newKey],
      /it is not encrypted, but there are dataKeys$/,
    ],
  ])(
    'are a server error with %s, and no reason to make others',
    async (_, before, after, cause) => {
      const { node, store, events, clock } = createCluster()
      const issuer = 'http://127.0.0.1:5001'
      await requestToken(node({ dataKeys: before, issuer }))
      events.length = 0
      clock.pass(200 * day)
      const server = node({ dataKeys: after, issuer })
      const response = await post(server, clientCredentials)
      expect(response.status).toBe(500)
      expect(bodyOf(response)).toEqual({
        error: 'server_error',
        error_description: 'an internal error occurred',
      })
      expect(events).toEqual([
        {
          type: 'server_error',
          path: '/token',
          cause: expect.objectContaining({
            message: expect.stringMatching(cause) as string,
          }) as Error,
        },
      ])
      expect(await keyRecords(store)).toHaveLength(1)
      // Who has really lost the data key says so.
      const [lost] = await server.keys.list()
      expect(await server.keys.revoke(lost?.kid ?? '')).toBe(true)
      expect((await requestToken(server)).header.kid).not.toBe(lost?.kid)
    },
  )

  it('are told by the log when a process cannot read a new one, and goes on with the old', async () => {
    const { node, clock, events } = createCluster()
    const server = node({ dataKeys: [oldKey] })
    const kids = await publishedKids(server)
    await node({ dataKeys: [newKey, oldKey] }).keys.rotate()
    clock.pass(60)
    expect(await publishedKids(server)).toEqual(kids)
    expect(events.at(-1)).toMatchObject({
      type: 'keys_not_read',
      cause: { message: expect.stringMatching(/which is not among dataKeys$/) as string },
    })
  })

  it.each<[string, (data: SealedData) => SealedData]>([
    ['changed', (data) => ({ ...data, sealed: withOtherCharacter(data.sealed) })],
    ['of another key', (data) => ({ ...data, kid: 'mine' })],
    ['for another algorithm', (data) => ({ ...data, algorithm: 'ES256' })],
  ])('are not used when they were %s in the store', async (_, change) => {
    const { node, store, events } = createCluster()
    await requestToken(node())
    const [record] = await keyRecords(store)
    if (record === undefined) throw new Error('no key')
    await store.replace({ ...record, data: change(record.data as SealedData) })
    expect((await post(node(), clientCredentials)).status).toBe(500)
    expect(events.at(-1)?.type).toBe('server_error')
  })
})

describe('data keys', () => {
  const values: JsonValue[] = [null, 'text', [1, { a: true }], { d: 'ü' }]

  it.each(values)('give %j back', async (value) => {
    for (const keys of [[], [oldKey], [newKey, oldKey]]) {
      const { seal, open } = createDataKeys(keys)
      expect(await open(await seal(value))).toEqual(value)
    }
  })

  it('never encrypt to the same text twice', async () => {
    const { seal } = createDataKeys([oldKey])
    expect(await seal('a')).not.toBe(await seal('a'))
  })

  it.each<[string, readonly string[], string]>([
    [
      'too short',
      [randomBytes(31).toString('base64')],
      'dataKeys[0]: it has 31 bytes instead of 32',
    ],
    ['too long', [oldKey, randomBytes(33).toString('base64')], 'dataKeys[1]: it has 33 bytes'],
    ['no base64', [`${oldKey.slice(0, 40)}!!!!`], 'dataKeys[0]: it is not base64: make one with'],
    ['a mixture', [`+${newKey.slice(1, 42)}_`], 'dataKeys[0]: it is not base64'],
    ['empty', [''], 'dataKeys[0]: it is empty: make one with'],
    ['no text', [1 as unknown as string], 'dataKeys[0]: it is not base64'],
  ])('that are %s are refused and not repeated', (_, dataKeys, problem) => {
    const problems = problemsOf({ dataKeys })
    expect(problems).toEqual([expect.stringContaining(problem)])
    const long = dataKeys.map(String).filter(({ length }) => length > 8)
    for (const key of long) expect(problems.join('')).not.toContain(key.slice(0, 8))
  })

  it('are needed where the store keeps keys of a server that others reach', () => {
    const keysInStore = { signingKeys: [], dataKeys: [] }
    expect(problemsOf(keysInStore)).toEqual([
      expect.stringMatching(/^dataKeys: they are needed .* 'openssl rand -base64 32'/),
    ])
    expect(problemsOf({ ...keysInStore, issuer: 'https://localhost:5001' })).toEqual([])
    expect(problemsOf({ ...keysInStore, issuer: 'http://127.0.0.1' })).toEqual([])
    expect(problemsOf({ dataKeys: [], signingKeys: [generateSigningKey('ES256')] })).toEqual([])
  })
})
