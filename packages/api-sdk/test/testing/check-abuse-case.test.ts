import { beforeAll, describe, expect, it } from 'vitest'
import { guardWith } from '../../src/fetch.js'
import { all, claim, createResourceServer } from '../../src/index.js'
import {
  abuseCases,
  checkAbuseCase,
  dpopAbuseCases,
  createTestIssuer,
  everyMethodAbuseCases,
  optionalGuardAbuseCases,
  referenceTokenAbuseCases,
} from '../../src/testing.js'
import type {
  AbuseCase,
  AbuseRequest,
  AbuseResponse,
  AbuseTarget,
  TestIssuer,
} from '../../src/testing.js'

const lists = {
  abuseCases,
  dpopAbuseCases,
  everyMethodAbuseCases,
  optionalGuardAbuseCases,
  referenceTokenAbuseCases,
}

const everyCase = Object.values(lists).flat()
const refusals = everyCase.filter(({ expected }) => expected.status !== 200)
const successes = everyCase.filter(({ expected }) => expected.status === 200)

const find = (id: string): AbuseCase => everyCase.find((abuse) => abuse.id === id)!

const named = (cases: readonly AbuseCase[]): readonly (readonly [string, AbuseCase])[] =>
  cases.map((abuse) => [`${abuse.id} ${abuse.title}`, abuse])

describe.each(Object.entries(lists))('%s', (_, cases) => {
  it('has an id of the catalogue for each case, and no id twice', () => {
    const ids = cases.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[A-Z]\d\d(?:-[A-Za-z\d]+)*$/)
  })
})

describe('checkAbuseCase', () => {
  let issuer: TestIssuer
  beforeAll(async () => {
    issuer = await createTestIssuer({ audience: 'urn:invoices', clientAuth: { secret: 's' } })
  })

  type Answer = (request: AbuseRequest) => AbuseResponse

  const ok: AbuseResponse = { status: 204, headers: {} }

  const check = (abuse: AbuseCase, answer: Answer): Promise<void> =>
    checkAbuseCase(abuse, {
      issuer,
      url: 'https://api.example.com/invoices',
      scope: 'read write',
      send: async (request) => answer(request),
    })

  /** Lets the valid token pass that comes first, and answers what comes after it. */
  const then = (answer: Answer): Answer => {
    const answers: Answer[] = [() => ok, answer]
    return (request) => answers.shift()!(request)
  }

  const challenge = (value: string | string[]): Answer =>
    then(() => ({ status: 401, headers: { 'WWW-Authenticate': value } }))

  const good =
    'Bearer error="invalid_token", scope="write read", resource_metadata="https://api.example.com/x"'

  it.each(named(refusals))('%s: fails an API that lets everybody pass', async (_, abuse) => {
    await expect(check(abuse, () => ok)).rejects.toThrow(
      `${abuse.id} (${abuse.title}): expected ${abuse.expected.status}`,
    )
  })

  it.each(named(successes))('%s: fails an API that is too strict', async (_, abuse) => {
    await expect(check(abuse, challenge(good))).rejects.toThrow(
      `${abuse.id} (${abuse.title}): expected 200 and got 401, Bearer invalid_token`,
    )
  })

  it.each(named(everyCase))('%s: fails an API that lets nobody pass', async (_, abuse) => {
    const headers = { 'www-authenticate': 'Bearer realm="x", error_description="unknown issuer"' }
    await expect(check(abuse, () => ({ status: 401, headers }))).rejects.toThrow(
      'a valid token is answered with 401 (unknown issuer)',
    )
  })

  it.each([
    ['an object', { 'www-authenticate': good }],
    ['an object of lists', { 'WWW-Authenticate': [good] }],
    ['Headers', new Headers({ 'www-authenticate': good })],
  ])('reads header fields from %s', async (_, headers) => {
    await expect(
      check(
        find('C01'),
        then(() => ({ status: 401, headers })),
      ),
    ).resolves.toBe(undefined)
  })

  it.each([
    [
      'the wrong error',
      good.replace('invalid_token', 'invalid_request'),
      'got 401, Bearer invalid_request',
    ],
    ['no error', good.replace('error="invalid_token", ', ''), 'got 401, Bearer without error'],
    ['another scheme', good.replace('Bearer', 'Basic'), 'got 401, Basic invalid_token'],
    ['a challenge too many', `${good}, Basic realm="x"`, 'got 401, Basic without error, Bearer'],
    ['other scopes', good.replace('write read', 'read'), 'has to tell scope="read write"'],
    ['no scope', good.replace('scope="write read", ', ''), 'has to tell scope="read write"'],
    ['no place to go', good.replace(/, resource_metadata.*/, ''), 'realm or resource_metadata'],
    ['a comma after its scheme', 'Bearer, error="invalid_token"', 'a space is needed'],
  ])('fails an API whose challenge has %s', async (_, value, message) => {
    await expect(check(find('C01'), challenge(value))).rejects.toThrow(message)
  })

  it('takes no notice of an offer of DPoP', async () => {
    const offer = 'DPoP algs="ES256", realm="x"'
    await expect(check(find('C01'), challenge([good, offer]))).resolves.toBe(undefined)
    const bare = 'Bearer scope="read write", realm="x"'
    await expect(check(find('T01'), challenge([bare, offer]))).resolves.toBe(undefined)
    await expect(check(find('T07'), challenge(offer))).rejects.toThrow('expected 200 and got 401')
  })

  it('fails an API whose challenge for DPoP does not tell which algorithms it takes', async () => {
    const value = 'DPoP error="invalid_dpop_proof", realm="x"'
    await expect(check(find('D08'), challenge(value))).rejects.toThrow('has to tell algs')
  })

  it('fails an API that refuses a proof before it is repeated', async () => {
    const value = 'DPoP error="invalid_dpop_proof", algs="ES256", realm="x"'
    await expect(check(find('D10'), challenge(value))).rejects.toThrow(
      'D10 (a proof that was used before): the first time is answered with 401',
    )
  })

  it('fails an API that repeats what was sent', async () => {
    const value = good.replace('invalid_token', 'invalid_request')
    const headers = { 'www-authenticate': value, 'x-error': 'no: to"injected="x' }
    await expect(
      check(
        find('T10-quote'),
        then(() => ({ status: 400, headers })),
      ),
    ).rejects.toThrow('T10-quote (a token with a quote): the header repeats what was sent')
  })

  it('fails an API that asks whom a token names', async () => {
    const answer = then(() => {
      issuer.fetch('https://evil.example/jwks', {}).catch(() => undefined)
      return { status: 401, headers: { 'www-authenticate': good } }
    })
    await expect(check(find('K07'), answer)).rejects.toThrow(
      'K07 (signed with a key at a foreign jku): the API asked for https://evil.example/jwks',
    )
  })

  it('sends requests that fit fetch, and another method where the route has one', async () => {
    const { method, url, headers } = await find('T13').request({
      issuer,
      url: 'https://api.example.com/invoices?page=2',
      scope: 'read',
      method: 'POST',
    })
    const request = new Request(url, { method, headers })
    expect(request.method).toBe('POST')
    expect(request.url).toMatch(/^https:\/\/api\.example\.com\/invoices\?page=2&access_token=ey/)
    expect(request.headers.has('authorization')).toBe(false)
  })
})

describe.each([
  { algorithm: 'RS256', issuer: 'http://127.0.0.1:5001', audience: 'urn:invoices' },
  { algorithm: 'PS384', issuer: 'https://issuer.example/', audience: 'https://API.example/A/' },
  { algorithm: 'ES512', issuer: 'https://issuer.example/tenant', audience: 'URN:INVOICES' },
  { algorithm: 'EdDSA', issuer: 'https://issuer.example', audience: 'https://api.example.com' },
] as const)('abuse cases with $algorithm for $audience', ({ audience, ...options }) => {
  let target: AbuseTarget
  beforeAll(async () => {
    const issuer = await createTestIssuer({ ...options, audience, claims: { plan: 'pro' } })
    const { issuerOptions: issuers, fetch, now } = issuer
    const publicOrigin = 'https://public.example'
    const api = createResourceServer({ resource: audience, issuers, fetch, now, publicOrigin })
    const guard = guardWith(api)
    const handle = guard(all('a:READ', 'WRITE', claim('plan').equals('pro')))(() => new Response())
    target = {
      issuer,
      url: 'https://api.example.com/invoices',
      scope: 'WRITE a:READ',
      method: 'PUT',
      publicUrl: 'https://public.example/invoices',
      send: ({ url, ...request }) => handle(new Request(url, request)),
    }
  })

  it.each(named([...abuseCases, ...dpopAbuseCases]))('%s', async (_, abuse) => {
    await expect(checkAbuseCase(abuse, target)).resolves.toBe(undefined)
  })
})
