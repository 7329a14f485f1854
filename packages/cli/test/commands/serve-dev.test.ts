import { createMemoryStore, sha256 } from '@bailiwick/core'
import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../src/index.js'
import { startHandler } from '../../src/serving/start-handler.js'
import type { ExplainedRejection } from '../../src/serving/development/explain-rejections.js'
import { formatRejection } from '../../src/serving/development/format-rejection.js'
import { configuration } from '../support/configuration.js'
import { configurationFile } from '../support/files.js'
import { runInProcess } from '../support/run-in-process.js'
import { startServer } from '../support/start-server.js'

const issuer = 'http://127.0.0.1:5001'

const world: Configuration = {
  ...configuration,
  issuer,
  identityResources: ['openid'],
  apiResources: [
    { name: 'urn:api', scopes: ['read'] },
    { name: 'urn:other', scopes: [] },
  ],
  clients: [
    {
      clientId: 'web',
      clientSecrets: [{ value: sha256('secret') }],
      allowedGrantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
      redirectUris: ['http://127.0.0.1:5003/callback'],
      allowedScopes: ['openid', 'read'],
      requirePkce: false,
      allowOfflineAccess: true,
    },
  ],
  users: [{ subject: '1', username: 'alice', password: 'alice' }],
}

async function start(development: 'development' | 'production') {
  const rejections: ExplainedRejection[] = []
  const handle = await startHandler(world, {
    explorerAccess: development === 'development' ? 'open-on-loopback' : undefined,
    defaultIssuer: issuer,
    store: createMemoryStore(),
    onEvent: () => undefined,
    onRejection:
      development === 'development' ? (rejection) => rejections.push(rejection) : undefined,
  })
  const request = async (method: string, url: string, body = '') => {
    const response = await handle({
      method,
      url,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${btoa('web:secret')}`,
      },
      body: async () => body,
    })
    if (response === undefined) throw new Error(`nobody answers ${url}`)
    return response
  }
  return { rejections, request }
}

const asToken = (form: Record<string, string>) => new URLSearchParams(form).toString()

const wrongScope = asToken({ grant_type: 'client_credentials', scope: 'raed' })

const authorize = (query: Record<string, string>) =>
  `/authorize?${new URLSearchParams({
    client_id: 'web',
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1:5003/callback',
    ...query,
  }).toString()}`

describe('an error in development', () => {
  it('at the token endpoint carries a link to the explanation of that very request', async () => {
    const { request, rejections } = await start('development')
    const { status, body = '' } = await request('POST', '/token', wrongScope)
    const link = `${issuer}/explorer?client_id=web&grant_type=client_credentials&scope=raed`
    expect(status).toBe(400)
    expect(JSON.parse(body)).toEqual({
      error: 'invalid_scope',
      error_description: "scope 'raed': unknown or not allowed for this client",
      error_uri: link,
    })
    expect(rejections).toEqual([
      {
        error: 'invalid_scope',
        link,
        request: expect.objectContaining({ clientId: 'web', scope: 'raed' }) as object,
        sentence:
          "The scope raed is refused, and the whole request with it: no scope of this name is declared and enabled. Send read instead, or declare 'raed' in apiScopes.",
      },
    ])
  })

  it('about a resource does so too', async () => {
    const { request } = await start('development')
    const form = { grant_type: 'client_credentials', scope: 'read', resource: 'urn:other' }
    const { body = '' } = await request('POST', '/token', asToken(form))
    expect(JSON.parse(body)).toMatchObject({
      error: 'invalid_target',
      error_uri: `${issuer}/explorer?client_id=web&grant_type=client_credentials&scope=read&resource=urn%3Aother`,
    })
  })

  it.each([
    ['query', (location: URL) => location.searchParams],
    ['fragment', (location: URL) => new URLSearchParams(location.hash.slice(1))],
  ])('at the authorization endpoint comes back in the %s', async (mode, parametersOf) => {
    const { request, rejections } = await start('development')
    const response = await request(
      'GET',
      authorize({ scope: 'openid raed', state: 'a b', response_mode: mode }),
    )
    const parameters = parametersOf(new URL(String(response.headers['location'])))
    expect(parameters.get('error')).toBe('invalid_scope')
    expect(parameters.get('state')).toBe('a b')
    expect(parameters.get('error_uri')).toBe(
      `${issuer}/explorer?client_id=web&grant_type=authorization_code&scope=openid+raed`,
    )
    expect(rejections).toHaveLength(1)
  })

  it.each([
    ['a grant that is missing', asToken({ scope: 'raed' })],
    ['an unsupported grant', asToken({ grant_type: 'unknown' })],
    ['a code that is unknown', asToken({ grant_type: 'authorization_code', code: 'x' })],
  ])('is left as it is: %s', async (_, form) => {
    const { request, rejections } = await start('development')
    expect((await request('POST', '/token', form)).body).not.toContain('error_uri')
    expect(rejections).toEqual([])
  })

  it('tells in the log the same, and the command that tells the rest, without any secret', async () => {
    const { request, rejections } = await start('development')
    await request('POST', '/token', wrongScope)
    const [rejection] = rejections
    if (rejection === undefined) throw new Error('nothing was told')
    const line = formatRejection(rejection, { time: new Date(0), config: "it's.json" })
    expect(line).toBe(
      `1970-01-01T00:00:00.000Z rejection_explained error=invalid_scope why=${JSON.stringify(rejection.sentence)} page=${JSON.stringify(rejection.link)} command=${JSON.stringify("bailiwick explain --config 'it'\\''s.json' --client web --grant client_credentials --scope raed")}`,
    )
    expect(line).not.toContain('secret')
  })

  it('is explained with that command as the server answered it', async () => {
    const { request, rejections } = await start('development')
    await request('POST', '/token', wrongScope)
    const file = await configurationFile(world)
    const line = formatRejection(rejections[0] as ExplainedRejection, {
      time: new Date(0),
      config: file,
    })
    const command = JSON.parse(/command=(".*")$/.exec(line)?.[1] ?? '') as string
    const { stdout } = await runInProcess(...command.split(' ').slice(1))
    expect(stdout).toContain("Send read instead, or declare 'raed' in apiScopes.")
  })
})

describe('in production', () => {
  it('no error carries a link', async () => {
    const { request, rejections } = await start('production')
    const { body } = await request('POST', '/token', wrongScope)
    expect(body).toContain('invalid_scope')
    expect(body).not.toContain('error_uri')
    const response = await request('GET', authorize({ scope: 'raed' }))
    expect(response.headers['location']).not.toContain('error_uri')
    expect(rejections).toEqual([])
  })

  it('bailiwick serve --dev does not start', async () => {
    const config = await configurationFile({
      ...world,
      issuer: 'https://id.example.com',
      dataKeys: [Buffer.alloc(32, 1).toString('base64')],
    })
    const outcome = await runInProcess('serve', '--config', config, '--store', 'memory', '--dev')
    expect(outcome).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        '--dev is for development, and https://id.example.com is no loopback address: leave --dev out, or use http://127.0.0.1\n',
    })
  })
})

it('bailiwick serve --dev logs why', { timeout: 20_000 }, async () => {
  const { issuer: _, ...listening } = world
  const server = await startServer(await configurationFile(listening), '--dev')
  const response = await fetch(`${server.url}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('web:secret')}` },
    body: new URLSearchParams(wrongScope),
  })
  const again = response.clone()
  expect(await response.json()).toHaveProperty(
    'error_uri',
    expect.stringContaining(`${server.url}/explorer?client_id=web`),
  )
  const { error_uri: link } = (await again.json()) as { readonly error_uri: string }
  const explanation = await fetch(link)
  expect(explanation.status).toBe(200)
  expect(await explanation.text()).toContain('no scope of this name is declared and enabled')
  server.kill('SIGTERM')
  await server.exited
  expect(server.output().stderr).toMatch(
    /^\S+Z rejection_explained error=invalid_scope why="The scope raed is refused/m,
  )
})
