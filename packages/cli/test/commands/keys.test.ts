import { join } from 'node:path'
import { generateSigningKey } from '@bailiwick/core'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { dataKeys, withStoredKeys } from '../support/configuration.js'
import { configurationFile, temporaryFile } from '../support/files.js'
import { runInProcess } from '../support/run-in-process.js'
import type { Outcome } from '../support/run-in-process.js'
import { startServer } from '../support/start-server.js'

/** A configuration and a store with one key, and a way to work with it. */
async function world(changes: object = {}) {
  const config = await configurationFile({ ...withStoredKeys, ...changes })
  const store = await temporaryFile('store.db', '')
  const keys = (action: string, ...args: string[]): Promise<Outcome> =>
    runInProcess('keys', action, '--config', config, '--store', store, ...args)
  const made = await keys('rotate')
  return { config, store, keys, made }
}

/** The rows of a table without its heading. */
const rowsOf = ({ stdout }: Outcome): readonly (readonly string[])[] =>
  stdout
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(/ {2,}/))

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/) as string

describe('bailiwick keys', () => {
  it('rotate makes the first key, then its successor, and list shows both', async () => {
    const { keys, made } = await world({ dataKeys })
    expect(made).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/^1970-\S+ key_created kid=\S+ algorithm=EdDSA\n$/) as string,
    })
    const [[first = ''] = []] = rowsOf(made)
    const rotated = await keys('rotate', '--algorithm', 'EdDSA')
    expect(rotated.stdout).toMatch(
      /^KID +ALGORITHM {2}STATUS +CREATED +SIGNS FROM +SIGNS UNTIL +DELETED\n/,
    )
    expect(rowsOf(rotated)).toEqual([
      [first, 'EdDSA', 'signing', time, time, time, time],
      [expect.not.stringMatching(first), 'EdDSA', 'announced', time, time, '-', '-'],
    ])
    expect(await keys('list')).toEqual({ ...rotated, stderr: '' })
  })

  it('rotate --signs at-once has the successor sign', async () => {
    const { keys } = await world()
    const rows = rowsOf(await keys('rotate', '--signs', 'at-once'))
    expect(rows.map(([, , status]) => status)).toEqual(['retired', 'signing'])
  })

  it('revoke takes a key back', async () => {
    const { keys, made } = await world()
    const [[kid = ''] = []] = rowsOf(made)
    expect(await keys('revoke', '--kid', kid)).toMatchObject({
      exitCode: 0,
      stdout: `${kid} is revoked\n`,
      stderr: expect.stringContaining(`key_revoked kid=${kid}`) as string,
    })
    expect(rowsOf(await keys('list'))).toEqual([])
    expect(await keys('revoke', '--kid', kid)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `no key has the kid '${kid}': see bailiwick keys list\n`,
    })
  })

  it('revoke takes a name that begins with a dash for what it is', async () => {
    const { keys } = await world()
    expect(await keys('revoke', '--kid', '-4Fz_kid')).toMatchObject({
      exitCode: 1,
      stderr: `no key has the kid '-4Fz_kid': see bailiwick keys list\n`,
    })
  })

  it('are opened before a server listens, and it does not start without them', async () => {
    const { store } = await world({ dataKeys })
    const others = await configurationFile({
      ...withStoredKeys,
      dataKeys: [Buffer.alloc(32, 9).toString('base64')],
    })
    const serve = ['serve', '--config', others, '--port', '0', '--store', store]
    const { exitCode, stdout, stderr } = await runInProcess(...serve)
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toMatch(/^the signing key \S+ in the store cannot be opened: /m)
  })

  it('says what stands in the way', async () => {
    const { config, store, keys } = await world({ dataKeys })
    const other = await configurationFile({
      ...withStoredKeys,
      dataKeys: [Buffer.alloc(32, 2).toString('base64')],
    })
    expect(await runInProcess('keys', 'rotate', '--config', other, '--store', store)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^the signing key \S+ in the store cannot be opened: it is encrypted with the data key \S+, which is not among dataKeys\n$/,
      ) as string,
    })
    expect(await keys('rotate', '--algorithm', 'PS256')).toMatchObject({
      exitCode: 1,
      stderr: 'this server signs with EdDSA, not with PS256\n',
    })
    const missing = join(store, '../no.db')
    expect(
      await runInProcess('keys', 'list', '--config', config, '--store', missing),
    ).toMatchObject({
      exitCode: 1,
      stderr: `the store ${missing} does not exist: name that of the server with --store\n`,
    })
    expect(
      await runInProcess('keys', 'list', '--config', config, '--store', 'memory'),
    ).toMatchObject({ exitCode: 2 })
    const own = await configurationFile({
      ...withStoredKeys,
      signingKeys: [generateSigningKey('EdDSA')],
    })
    expect(await runInProcess('keys', 'list', '--config', own, '--store', store)).toMatchObject({
      exitCode: 1,
      stderr: `${own}: the keys of this server are its signingKeys: change them there\n`,
    })
  })
})

async function requestToken(url: string): Promise<string> {
  const response = await fetch(`${url}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('client:secret')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  const { access_token: token } = (await response.json()) as { readonly access_token: string }
  return token
}

const verify = (token: string, url: string) =>
  jwtVerify(token, createRemoteJWKSet(new URL(`${url}/.well-known/jwks.json`)))

describe('the keys of bailiwick serve', { timeout: 60_000 }, () => {
  it('are the same when the server is started again, and those that a command has made', async () => {
    const { config, store, keys } = await world({ dataKeys })
    const before = await startServer(config, '--store', store)
    const token = await requestToken(before.url)
    before.kill('SIGTERM')
    expect(await before.exited).toBe(0)

    const rotated = rowsOf(await keys('rotate', '--signs', 'at-once'))
    const after = await startServer(config, '--store', store)
    await verify(token, after.url)
    const next = await requestToken(after.url)
    expect(decodeProtectedHeader(next).kid).toBe(rotated[1]?.[0])
    await verify(next, after.url)
  })
})
