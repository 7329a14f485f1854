import { once } from 'node:events'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { generateSigningKey } from '@bailiwick/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { configuration, dataKeys } from '../support/configuration.js'
import { configurationFile, temporaryFile } from '../support/files.js'
import { runInProcess } from '../support/run-in-process.js'

const [client] = configuration.clients
const [api] = configuration.apiResources
const alice = { subject: '1', username: 'alice', password: 'wonderland' } as const

async function serve(config: string, ...args: readonly string[]): ReturnType<typeof runInProcess> {
  return runInProcess('serve', '--config', config, '--port', '0', '--store', 'memory', ...args)
}

describe('mistakes in the configuration', () => {
  it.each<[name: string, content: unknown, problems: readonly string[]]>([
    ['an unknown member', { ...configuration, people: [] }, ['people: unknown']],
    [
      'an unknown member that is no name',
      { ...configuration, 'a b\n': 1 },
      [String.raw`["a b\n"]: unknown`],
    ],
    [
      'unknown members together with what the server finds',
      {
        ...configuration,
        apiScopes: ['read', { name: 'write', colour: 'red' }],
        clients: [{ ...client, allowedScopes: ['x'], pets: [{}] }],
      },
      [
        'apiScopes[1].colour: unknown',
        'clients[0].pets: unknown',
        `clients[0].allowedScopes[0]: 'x' is unknown: declare it as an identity resource or API scope, or remove it`,
      ],
    ],
    [
      'missing members and members of the wrong type, all together',
      {
        apiScopes: 'read',
        apiResources: [{ ...api, enabled: 'yes' }, { scopes: [5] }],
        paths: null,
        people: [],
      },
      [
        'apiScopes: a list is needed, not a string',
        'apiResources[0].enabled: true or false is needed, not a string',
        'apiResources[1].name: it is missing: a string is needed',
        'apiResources[1].scopes[0]: a string is needed, not a number',
        'clients: it is missing: a list is needed',
        'paths: an object is needed, not null',
        'people: unknown',
      ],
    ],
    [
      'entries that may be a name or an object',
      {
        ...configuration,
        identityResources: ['roles', 5, { name: 'seniority', userClaims: 'seniority' }],
        apiScopes: ['read', {}, true],
      },
      [
        'identityResources[0]: the name of a standard identity resource (openid, profile, email, phone, address) or an object with name and userClaims is needed',
        'identityResources[1]: the name of a standard identity resource (openid, profile, email, phone, address) or an object with name and userClaims is needed',
        'identityResources[2].userClaims: a list is needed, not a string',
        'apiScopes[1].name: it is missing: a string is needed',
        'apiScopes[2]: a name or an object with a name is needed',
      ],
    ],
    [
      'a value that is none of those allowed',
      { ...configuration, compatibility: 'identityserver', defaultSigningAlgorithm: 'HS256' },
      [
        'defaultSigningAlgorithm: it is none of RS256, PS256, ES256, EdDSA',
        'compatibility: it is none of strict, duende',
      ],
    ],
    [
      'a client that cannot be called back',
      {
        ...configuration,
        clients: [
          {
            ...client,
            redirectUris: ['http://app.example.com', 'https://app.example.com/*'],
            allowedCorsOrigins: ['https://app.example.com/'],
            authorizationCodeLifetime: 3600,
          },
        ],
      },
      [
        'clients[0].redirectUris[0]: it must begin with https://; plain http is for loopback addresses only',
        'clients[0].redirectUris[1]: it is compared character by character, so there are no wildcards: list every URI (RFC 9700 section 4.1.3)',
        `clients[0].allowedCorsOrigins[0]: browsers never send it in this form: write 'https://app.example.com'`,
        'clients[0].authorizationCodeLifetime: a whole number of seconds is needed, from 1 to 600',
      ],
    ],
    [
      'members of a client and of the server that have the wrong type',
      {
        ...configuration,
        clients: [
          { ...client, refreshTokenUsage: 'once', requireConsent: 1, consentLifetime: '1' },
        ],
        session: { idleLifetime: '7200', idle: 1 },
        interactionLifetime: null,
      },
      [
        'clients[0].refreshTokenUsage: it is none of oneTimeOnly, reUse',
        'clients[0].requireConsent: true or false is needed, not a number',
        'clients[0].consentLifetime: a number is needed, not a string',
        'interactionLifetime: a number is needed, not null',
        'session.idleLifetime: a number is needed, not a string',
        'session.idle: unknown',
      ],
    ],
    [
      'sessions and pages that cannot work',
      {
        ...configuration,
        interactionUrl: 'https://login.example.com/',
        session: { absoluteLifetime: 60, idleLifetime: 61 },
        paths: { userinfo: '/token' },
      },
      [
        `paths.userinfo: '/token' is also the path of token`,
        'interactionUrl: it must not end with /, because a slash and an id are appended',
        'session.idleLifetime: a session ends after 60 seconds, so it is never idle for that long: shorten this, or lengthen absoluteLifetime',
      ],
    ],
    [
      'users who cannot be told apart, and what only the server says of them',
      {
        ...configuration,
        users: [
          alice,
          { ...alice, username: 'ALICE' },
          { ...alice, subject: '2', username: 'bob', claims: { name: 'Bob', sub: '1', acr: '0' } },
          { subject: '', username: '', password: '' },
        ],
      },
      [
        `users[1].subject: '1' is already the subject of users[0]: change one of them`,
        'users[3].subject: a user needs a subject',
        `users[1].username: 'alice' is already the username of users[0]: change one of them`,
        'users[3].username: a user needs a username',
        `users[2].claims.sub: 'sub' is a claim that only the server sets: remove or rename it`,
        `users[2].claims.acr: 'acr' is a claim that only the server sets: remove or rename it`,
        'users[3].password: a user needs a password',
      ],
    ],
    [
      'users that are none',
      { ...configuration, users: ['alice', { ...alice, password: 1234, claims: [] }] },
      [
        'users[0]: an object is needed, not a string',
        'users[1].password: a string is needed, not a number',
        'users[1].claims: an object is needed, not a list',
      ],
    ],
    ['no object', [configuration], ['configuration: an object is needed, not a list']],
    [
      'an undeclared scope',
      { ...configuration, apiResources: [api, { name: 'urn:b', scopes: ['y'] }] },
      [`apiResources[1].scopes[0]: 'y' is not declared: add it to apiScopes`],
    ],
    [
      'an issuer that is none',
      { ...configuration, issuer: 'http://id.example.com' },
      ['issuer: it must begin with https://; plain http is for loopback addresses only'],
    ],
    [
      'a key that fits no algorithm, without repeating it',
      { ...configuration, signingKeys: [{ ...generateSigningKey('ES256'), alg: 'RS256' }] },
      ['signingKeys[0]: a key of its type does not sign with RS256'],
    ],
  ])('reports %s', async (_name, content, problems) => {
    const file = await configurationFile(content)
    const s = problems.length === 1 ? '' : 's'
    expect(await serve(file)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: [
        `${file}: the configuration has ${problems.length} problem${s}:`,
        ...problems.map((problem) => `  ${problem}`),
        '',
      ].join('\n'),
    })
  })

  it('leaves unknown members of signing keys alone', async () => {
    const key = { ...generateSigningKey('EdDSA'), exp: 2_000_000_000 }
    const file = await configurationFile({ ...configuration, signingKeys: [key] })
    expect(await serve(file)).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('reports that an address cannot take the place of an issuer', async () => {
    const file = await configurationFile({ ...configuration, people: [] })
    expect(await serve(file, '--host', '0.0.0.0')).toMatchObject({
      exitCode: 1,
      stderr: [
        `${file}: the configuration has 2 problems:`,
        '  people: unknown',
        '  issuer: it is missing, and http://0.0.0.0:0 cannot take its place: it must begin with https://; plain http is for loopback addresses only',
        '',
      ].join('\n'),
    })
  })
})

describe('users in the configuration', () => {
  const withUsers = { ...configuration, users: [alice] }

  it.each(['http://localhost:5001', 'http://127.0.0.1', 'https://[::1]:5001'])(
    'are nothing to warn of at %s',
    async (issuer) => {
      const file = await configurationFile({ ...withUsers, issuer })
      expect(await serve(file)).toMatchObject({ exitCode: 0, stderr: '' })
    },
  )

  it('are nothing to warn of at the address of the server itself', async () => {
    expect(await serve(await configurationFile(withUsers))).toMatchObject({
      exitCode: 0,
      stderr: '',
    })
  })

  it('are warned of where others can reach them, in one line without a password', async () => {
    const issuer = 'https://id.example.com/tenant'
    const file = await configurationFile({ ...withUsers, issuer, dataKeys })
    const { exitCode, stderr } = await serve(file)
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr:
        'warning: https://id.example.com is no loopback address, but users are for development: their passwords stand in the configuration as they are\n',
    })
    const nobody = await configurationFile({ ...configuration, issuer, dataKeys, users: [] })
    expect(await serve(nobody)).toMatchObject({ exitCode: 0, stderr: '' })
  })
})

describe('mistakes in the file', () => {
  it.each([
    ['a.json', '', 'not valid JSON: line 1, column 1: a value is expected'],
    ['a.json', '{\n  "a": }', 'not valid JSON: line 2, column 8: a value is expected'],
    ['a.json', Uint8Array.of(0xff), 'cannot be read: it is not UTF-8'],
    ['a.yaml', '', 'a configuration file ends in .json, .ts, .mts, .cts, .js, .mjs, .cjs'],
    [
      'a.ts',
      'export const a = 1',
      `it has no default export: write 'export default' before the configuration`,
    ],
    ['a.ts', `throw new Error('no vault')`, 'cannot be imported: Error: no vault'],
    ['a.mjs', `throw new Error('no vault')`, 'cannot be imported: Error: no vault'],
    [
      'a.ts',
      `import './b.js'\nexport default {}`,
      `cannot be imported: Error: Cannot find module './b.js'`,
    ],
  ])('reports %s with %j', async (name, content, problem) => {
    const file = await temporaryFile(name, content)
    expect(await serve(file)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `${file}: ${problem}\n`,
    })
  })

  it('reports TypeScript that cannot be parsed, with its line', async () => {
    const file = await temporaryFile('a.ts', 'export default {\n  clients: [}')
    const { exitCode, stderr } = await serve(file)
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^\S+a\.ts: cannot be imported: .*a\.ts:2:\d+\n$/)
  })

  it.each(['.json', '.ts'])('reports a %s file that is not there', async (extension) => {
    const file = `${await configurationFile({})}${extension}`
    expect(await serve(file)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `${file}: cannot be read: ENOENT: no such file or directory\n`,
    })
  })
})

describe('configurations in code', () => {
  it.each([
    ['a.ts', 'const all: object = CONFIGURATION\nexport default { ...all, issuer: undefined }'],
    ['a.mts', 'export default await Promise.resolve(CONFIGURATION)'],
    ['a.js', 'module.exports = CONFIGURATION'],
    ['a.mjs', 'export default CONFIGURATION'],
    ['a.cjs', 'module.exports = CONFIGURATION'],
  ])('are read from %s: %s', async (name, code) => {
    const file = await temporaryFile(
      name,
      code.replace('CONFIGURATION', JSON.stringify(configuration)),
    )
    expect(await serve(file)).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('may be preceded by a byte order mark in JSON', async () => {
    const file = await temporaryFile('a.json', `\uFEFF${JSON.stringify(configuration)}`)
    expect(await serve(file)).toMatchObject({ exitCode: 0, stderr: '' })
  })
})

describe('mistakes in what surrounds the server', () => {
  it('reports a port that is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const { port } = other.address() as { readonly port: number }
    const file = await configurationFile(configuration)
    expect(await serve(file, '--port', `${port}`)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `port ${port} of 127.0.0.1 is in use: choose another with --port, or 0 for a free one\n`,
    })
  })

  it('reports an address that is not of this machine', async () => {
    const file = await configurationFile({
      ...configuration,
      issuer: 'https://id.example.com',
      dataKeys,
    })
    expect(await serve(file, '--host', '192.0.2.1')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'cannot listen on port 0 of 192.0.2.1 (EADDRNOTAVAIL)\n',
    })
  })

  it('reports a key or certificate that cannot be read', async () => {
    const file = await configurationFile(configuration)
    const directory = dirname(file)
    expect(await serve(file, '--tls-key', directory, '--tls-cert', file)).toMatchObject({
      exitCode: 1,
      stderr: `${directory}: cannot be read: EISDIR: illegal operation on a directory\n`,
    })
  })

  it('reports a key that is none', async () => {
    const file = await configurationFile(configuration)
    const { exitCode, stderr } = await serve(file, '--tls-key', file, '--tls-cert', file)
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^cannot serve https with \S+ and \S+: .+\n$/)
  })
})
