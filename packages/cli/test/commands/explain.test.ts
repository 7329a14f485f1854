import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createAuthorizationServer, generateSigningKey, sha256 } from '@bailiwick/core'
import { createSqliteStore } from '@bailiwick/store-sqlite'
import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../src/index.js'
import { serverOptions } from '../../src/configuration/server-options.js'
import { run } from '../../src/run.js'
import { configurationFile, temporaryFile } from '../support/files.js'
import { runInProcess } from '../support/run-in-process.js'

const configuration = {
  issuer: 'http://127.0.0.1:5001',
  defaultSigningAlgorithm: 'EdDSA',
  identityResources: ['openid', { name: 'roles', userClaims: ['role'] }],
  apiScopes: ['read', 'write'],
  apiResources: [
    { name: 'urn:orders', scopes: ['read'], userClaims: ['role'] },
    { name: 'urn:inventory', scopes: ['read', 'write'], requireResourceIndicator: true },
  ],
  clients: [
    {
      clientId: 'web',
      clientSecrets: [{ value: sha256('secret') }],
      allowedGrantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
      redirectUris: ['http://127.0.0.1:5003/callback'],
      allowedScopes: ['openid', 'roles', 'read'],
      allowOfflineAccess: true,
      requireConsent: true,
    },
  ],
  users: [{ subject: '123', username: 'alice', password: 'alice', claims: { role: ['admin'] } }],
} as const satisfies Configuration

const signingKey = generateSigningKey('EdDSA')
const withKey: Configuration = { ...configuration, signingKeys: [signingKey] }

async function explain(args: readonly string[], config: Configuration = withKey): Promise<string> {
  const file = await configurationFile(config)
  const { exitCode, stdout, stderr } = await runInProcess('explain', '--config', file, ...args)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return stdout
}

const explainJson = async (args: readonly string[], config?: Configuration) =>
  JSON.parse(await explain([...args, '--json'], config)) as Record<string, unknown>

const asAlice = ['--client', 'web', '--user', 'alice'] as const

describe('bailiwick explain', () => {
  it('prints the request, the decisions, the tokens and what is missing', async () => {
    const text = await explain([...asAlice, '--scope', 'openid read'])
    const masked = text
      .replaceAll(/"[\w-]{43}"|"[\w-]{36}"|"[\w-]{86}"/g, '"…"')
      .replaceAll(/\b1[78]\d{8}\b/g, '1800000000')
      .replaceAll(String(signingKey.kid), 'KID')
      .replaceAll(/kid [\w-]{43}/g, 'kid KID')
      .replaceAll(/at_hash( +)"[\w-]+"/g, 'at_hash$1"…"')
    expect(masked).toMatchInlineSnapshot(`
      "Request
        client  web
        grant   authorization_code
        scope   openid read
        user    123

      Decisions at the authorization request
        - The scopes openid and read are granted: the client may ask for them. [clients[0].allowedScopes]
        - The API urn:orders takes part: it lists the scope read. [apiResources[0].scopes]
        - The API urn:inventory is left out: it is isolated and the request does not name it.
          [apiResources[1].requireResourceIndicator]
        - The user is asked for consent. [clients[0].requireConsent]

      Decisions at the token request
        - The audience of the access token is urn:orders.
        - The access token lives for 3600 seconds. [clients[0].accessTokenLifetime]
        - The access token is signed with EdDSA, the default: no API of it minds.
        - The ID token lives for 300 seconds. [clients[0].identityTokenLifetime]
        - There is no refresh token: the scope offline_access is not granted.

      Access token (alg EdDSA, kid KID, typ at+jwt)
        role       ["admin"]                      The claim role is in the access token: the API
                                                  urn:orders asks for it. [apiResources[0].userClaims]
        iss        "http://127.0.0.1:5001"        iss is the issuer. [issuer]
        iat        1800000000                     iat is when the token was issued.
        nbf        1800000000                     nbf is from when on the token is good: when it was
                                                  issued.
        exp        1800000000                     exp is when the token expires.
                                                  [clients[0].accessTokenLifetime]
        aud        "urn:orders"                   aud is for whom the token is.
        sub        "123"                          sub is the user.
        auth_time  1800000000                     auth_time is when the user signed in.
        amr        ["pwd"]                        amr is how the user signed in.
        sid        "…"
                                                  sid is the session in which the user signed in.
        client_id  "web"                          client_id is the client that got the token.
        jti        "…"
                                                  jti is the identifier of this one token.
        scope      "openid read"                  scope has what is granted and belongs to this token.

      ID token (alg EdDSA, kid KID, typ JWT)
        iss        "http://127.0.0.1:5001"        iss is the issuer. [issuer]
        sub        "123"                          sub is the user.
        aud        "web"                          aud is the client that the ID token is for.
        exp        1800000000                     exp is when the token expires.
                                                  [clients[0].identityTokenLifetime]
        iat        1800000000                     iat is when the token was issued.
        auth_time  1800000000                     auth_time is when the user signed in.
        amr        ["pwd"]                        amr is how the user signed in.
        sid        "…"
                                                  sid is the session in which the user signed in.
        at_hash    "…"
                                                  at_hash ties the ID token to the access token.

      Userinfo
        sub  "123"  sub is the user.

      What is missing, and what would give it
        - aud has no urn:inventory: it is isolated and the request does not name it.
          Send resource=urn:inventory.
        - There is no refresh token: the scope offline_access is not granted.
          Send the scope offline_access.
      "
    `)
  })

  it('keeps lines short, but for long values', async () => {
    const text = await explain([...asAlice, '--scope', 'openid roles read offline_access'])
    const long = text.split('\n').filter((line) => line.length > 100)
    expect(long).toEqual([])
  })

  it('gives one object with --json', async () => {
    const answer = await explainJson([...asAlice, '--scope', 'openid read'])
    expect(answer).toMatchObject({
      accessToken: {
        header: { alg: 'EdDSA', typ: 'at+jwt' },
        claims: { aud: 'urn:orders', scope: 'openid read', role: ['admin'], sub: '123' },
      },
      idToken: { claims: { aud: 'web' } },
      userinfo: { sub: '123' },
    })
    expect(answer['decisions']).toContainEqual(
      expect.objectContaining({ type: 'api_left_out', api: 'urn:inventory', reason: 'isolated' }),
    )
    expect(answer['suggestions']).toContainEqual(
      expect.objectContaining({
        because: 'aud has no urn:inventory: it is isolated and the request does not name it.',
        change: 'Send resource=urn:inventory.',
      }),
    )
  })

  it('explains an error, which is no failure of its own', async () => {
    const answer = await explainJson(['--client', 'web', '--scope', 'write'])
    expect(answer).toMatchObject({
      error: { error: 'invalid_scope', error_description: expect.stringMatching(/'write'/) },
    })
    expect(answer).not.toHaveProperty('accessToken')
    const text = await explain(['--client', 'web', '--scope', 'write'])
    expect(text).toMatch(/^Error: invalid_scope$/m)
    expect(text).toMatch(/Add 'write' to clients\[0\]\.allowedScopes\.$/m)
  })

  it.each([
    ['--scope', ['--scope', 'openid', '--scope', 'read'], { scope: 'openid read' }],
    [
      '--resource',
      ['--resource', 'urn:a', '--resource', 'urn:b'],
      { resources: ['urn:a', 'urn:b'] },
    ],
    ['--user by subject', ['--user', '123'], { user: { subject: '123' } }],
    ['--user in capitals', ['--user', 'ALICE'], { user: { subject: '123' } }],
    ['--grant', ['--grant', 'client_credentials'], { grantType: 'client_credentials' }],
    ['--at-refresh', ['--at-refresh'], { refresh: {} }],
    [
      '--refresh-scope and --refresh-resource',
      ['--refresh-scope', 'read', '--refresh-resource', 'urn:a'],
      { refresh: { scope: 'read', resource: 'urn:a' } },
    ],
    ['--token-resource', ['--token-resource', 'urn:a'], { tokenResource: 'urn:a' }],
    ['--consent', ['--consent', 'openid'], { consent: ['openid'] }],
    ['--claims', ['--claims', '{}'], { claims: '{}' }],
  ])('understands %s', async (_, args, request) => {
    const answer = await explainJson([...asAlice, ...args])
    expect(answer['request']).toMatchObject({ clientId: 'web', ...request })
  })

  it('goes on to the refresh', async () => {
    const scope = ['--scope', 'openid read offline_access']
    const refresh = ['--refresh-resource', 'urn:inventory', '--token-resource', 'urn:orders']
    const answer = await explainJson([...asAlice, ...scope, ...refresh])
    expect(answer).toMatchObject({ accessToken: { claims: { aud: 'urn:inventory' } } })
  })

  it('answers one question with --why-not', async () => {
    const question = [...asAlice, '--scope', 'read', '--why-not', 'urn:inventory']
    expect(await explain(question)).toBe(
      'aud has no urn:inventory: it is isolated and the request does not name it. Send\nresource=urn:inventory.\n',
    )
    expect(await explainJson(question)).toEqual({
      answers: [expect.objectContaining({ kind: 'audience', isThere: false })],
    })
  })

  it('takes any user where the configuration lists none', async () => {
    const { users: _, ...others } = withKey
    const answer = await explainJson(
      ['--client', 'web', '--user', 'carol', '--scope', 'read'],
      others,
    )
    expect(answer).toMatchObject({ accessToken: { claims: { sub: 'carol' } } })
  })

  it('makes no keys and no store, and names no key that nobody will see again', async () => {
    const file = await configurationFile(configuration)
    const before = process.cwd()
    const { stdout } = await runInProcess('explain', '--config', file, '--client', 'web')
    expect(stdout).toContain('Access token (alg EdDSA, typ at+jwt, kid of the key in the store)')
    expect(existsSync(join(dirname(file), 'bailiwick.db'))).toBe(false)
    expect(existsSync(join(before, 'bailiwick.db'))).toBe(false)
    const answer = await explainJson(['--client', 'web'], configuration)
    expect(answer).not.toHaveProperty('accessToken.header.kid')
  })

  it('is coloured on a terminal that shows colours, and nowhere else', async () => {
    const file = await configurationFile(withKey)
    const printed = async (colours: object) => {
      let text = ''
      await run(['explain', '--config', file, '--client', 'web'], {
        stdout: { write: (part) => (text += part), ...colours },
        stderr: { write: () => undefined },
        now: () => new Date(0),
        environment: {},
        stopRequested: async () => undefined,
      })
      return text
    }
    expect(await printed({ hasColors: () => true })).toContain('\u001B[1mRequest\u001B[0m')
    expect(await printed({ hasColors: () => false })).not.toContain('\u001B')
    expect(await printed({})).not.toContain('\u001B')
  })
})

describe('bailiwick explain --diff', () => {
  it('shows what differs, of two requests', async () => {
    const args = ['--client', 'web', '--scope', 'read', '--diff', '--resource', 'urn:inventory']
    expect(await explain(args)).toBe(
      'accessToken.claims.aud\n  - "urn:orders"\n  + "urn:inventory"\n',
    )
    expect(await explain(['--client', 'web', '--diff'])).toBe('Nothing differs.\n')
  })

  it('shows what differs, of two configurations', async () => {
    const [orders, ...others] = configuration.apiResources
    const other = await configurationFile({
      ...withKey,
      apiResources: [{ ...orders, userClaims: [] }, ...others],
    })
    const args = [...asAlice, '--scope', 'read', '--diff', '--config', other]
    expect(await explain(args)).toBe('accessToken.claims.role\n  - ["admin"]\n  + (not there)\n')
  })

  it('gives both explanations and the differences with --json', async () => {
    const answer = await explainJson(['--client', 'web', '--diff', '--scope', 'write'])
    expect(answer).toMatchObject({
      before: { accessToken: { claims: { scope: 'read' } } },
      after: { error: { error: 'invalid_scope' } },
    })
    expect(answer['differences']).toHaveLength(2)
  })
})

describe('bailiwick explain --token', () => {
  const issue = async (config: Configuration, store?: ReturnType<typeof createSqliteStore>) => {
    const server = createAuthorizationServer({
      ...serverOptions(config, { defaultIssuer: 'http://127.0.0.1:5001' }),
      ...(store && { store }),
    })
    const response = await server.handle({
      method: 'POST',
      url: '/token',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${btoa('web:secret')}`,
      },
      body: async () => 'grant_type=client_credentials&scope=read',
    })
    const { access_token: token } = JSON.parse(response?.body ?? '{}') as { access_token: string }
    return token
  }

  it('tells where each claim comes from', async () => {
    const text = await explain(['--token', await issue(withKey)])
    expect(text).toMatch(/^ {2}aud +"urn:orders" +aud is for whom the token is\.$/m)
    expect(text).toContain('It is one of this server.\n')
    expect(text).toMatch(/^What would differ if it were issued now\nNothing differs\.\n$/m)
  })

  it('tells what would differ now', async () => {
    const token = await issue(withKey)
    const changed: Configuration = { ...withKey, emitStaticAudienceClaim: true }
    expect(await explain(['--token', token], changed)).toContain(
      'claims.aud\n  - "urn:orders"\n  + ["urn:orders","http://127.0.0.1:5001/resources"]\n',
    )
    const { differences } = await explainJson(['--token', token], changed)
    expect(differences).toHaveLength(1)
  })

  it('says so where it could not be issued any more', async () => {
    const [client] = configuration.clients
    const changed = { ...withKey, clients: [{ ...client, allowedScopes: ['openid' as const] }] }
    expect(await explain(['--token', await issue(withKey)], changed)).toContain(
      'There would be none: invalid_scope',
    )
  })

  it('does not pretend to have checked a signature without the keys', async () => {
    const token = await issue(configuration)
    expect(await explain(['--token', token], configuration)).toContain(
      'Its signature was not checked: the keys are in the store.',
    )
    expect(await explainJson(['--token', token], configuration)).not.toHaveProperty('isGenuine')
  })

  it('looks handles up in the store, and writes nothing there', async () => {
    const file = await temporaryFile('empty', '')
    const place = join(dirname(file), 'bailiwick.db')
    const [client] = configuration.clients
    const reference: Configuration = {
      ...configuration,
      clients: [{ ...client, accessTokenType: 'reference' }],
    }
    const store = createSqliteStore({ file: place })
    const token = await issue(reference, store)
    const kinds = async () =>
      Promise.all(
        (['signing_key', 'reference_token'] as const).map(
          async (kind) => (await store.list({ kind }, { limit: 100 })).records,
        ),
      )
    const before = await kinds()
    expect(before.map((records) => records.length)).toEqual([0, 1])
    // Now its tokens are JWTs, for which a key is needed.
    const text = await explain(['--token', token, '--store', place], configuration)
    expect(text).toContain('It is one of this server.\n')
    expect(text).toMatch(/^ {2}aud +"urn:orders"/m)
    expect(await kinds()).toEqual(before)
    await store.close()
  })
})

describe('what bailiwick explain cannot do', () => {
  it.each([
    [['--client', 'wbe'], "no client is called 'wbe': there are web\n"],
    [['--client', 'web', '--user', 'bob'], "no user is called 'bob': there are alice\n"],
    [['--token', 'a.b.c'], '--token is no JWT that can be read\n'],
    [
      ['--token', 'handle', '--store', '/nowhere/at-all.db'],
      'the store /nowhere/at-all.db does not exist\n',
    ],
  ])('%j', async (args, complaint) => {
    const file = await configurationFile(withKey)
    const outcome = await runInProcess('explain', '--config', file, ...args)
    expect(outcome).toEqual({ exitCode: 1, stdout: '', stderr: complaint })
  })

  it.each([
    [[], '--client ID is needed, or --token TOKEN'],
    [
      ['--token', 'handle'],
      '--token is the handle of a token in the store: --store PLACE is needed',
    ],
    [['--token', 'handle', '--store', 'memory'], '--store memory is gone with its server'],
    [['--client', 'web', '--diff', '--diff'], '--diff may be given once'],
    [['--token', 'a.b.c', '--diff'], '--diff compares requests, not --token'],
  ])('%j, which makes no sense', async (args, complaint) => {
    const file = await configurationFile(withKey)
    const { exitCode, stdout, stderr } = await runInProcess('explain', '--config', file, ...args)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr.split('\n')[0]).toBe(`bailiwick explain: ${complaint}`)
  })
})
