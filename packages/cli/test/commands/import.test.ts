import {
  lstat,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFile } from '../support/files.js'
import { machine, oneApi } from '../support/import/import-from.js'
import { runInProcess } from '../support/run-in-process.js'

const settings = { ...oneApi, Clients: [machine] }

const importing = (from: string, ...args: readonly string[]) =>
  runInProcess('import', '--from', from, ...args)

const settingsFile = (content: unknown = { IdentityServer: settings }): Promise<string> =>
  temporaryFile('appsettings.json', typeof content === 'string' ? content : JSON.stringify(content))

async function temporaryPath(name: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'bailiwick-'))
  onTestFinished(async () => rm(directory, { recursive: true }))
  return join(directory, name)
}

describe('bailiwick import', () => {
  it('prints the file, and the report where it is in nobody’s way', async () => {
    const from = await settingsFile()
    const { exitCode, stdout, stderr } = await importing(from)
    expect(exitCode).toBe(0)
    expect(stdout).toContain('export default defineConfiguration({\n')
    expect(stderr).toMatch(/^info: outside-configuration\n/)
    expect(stderr).toContain(`\n${from}: 0 errors, 0 warnings, 1 info\n`)
    expect(stderr).toMatch(/\nthe result: nothing found\n$/)
  })

  it('writes the file, and prints the report', async () => {
    const from = await settingsFile()
    const out = await temporaryPath('bailiwick.config.ts')
    const printed = await importing(from)
    const { exitCode, stdout, stderr } = await importing(from, '--out', out)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toBe(printed.stderr.replace('the result:', `${out}:`))
    expect(await readFile(out, 'utf8')).toBe(printed.stdout)
  })

  it('does not write over a file unless it is told to', async () => {
    const from = await settingsFile()
    const out = await temporaryPath('bailiwick.config.ts')
    await writeFile(out, 'mine')
    expect(await importing(from, '--out', out)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `${out} is there already: --force writes over it\n`,
    })
    expect(await readFile(out, 'utf8')).toBe('mine')
    expect(await importing(from, '--out', out, '--force')).toMatchObject({ exitCode: 0 })
    expect(await readFile(out, 'utf8')).toContain('defineConfiguration')
  })

  it('says what keeps it from writing', async () => {
    const out = join(await temporaryPath('nowhere'), 'bailiwick.config.ts')
    const { exitCode, stderr } = await importing(await settingsFile(), '--out', out)
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^\S+ cannot be written: ENOENT/)
  })

  it('reports to programs, with the findings of lint', async () => {
    const from = await settingsFile({
      Clients: [{ ...machine, RequireDPoP: true }],
      ApiScopes: [{ Name: 'read' }],
    })
    const { exitCode, stderr } = await importing(from, '--report', 'json')
    const { findings, lint, ...others } = JSON.parse(stderr) as Record<
      'findings' | 'lint',
      { ruleId: string }[]
    >
    expect({ exitCode, ...others }).toEqual({
      exitCode: 0,
      from,
      summary: { error: 1, warning: 2, info: 1 },
    })
    expect(findings.map(({ ruleId }) => ruleId)).toEqual([
      'sender-constraint',
      'issuer',
      'outside-configuration',
    ])
    expect(lint.map(({ ruleId }) => ruleId)).toEqual(['scope-without-audience'])
  })

  it.each([
    ['in its section', { identityserver: settings }, []],
    ['at the top', { ...settings, Logging: { Level: 'Debug' } }, []],
    ['in a section of another name', { Auth: { Ids: settings } }, ['--section', 'Auth:ids']],
    [
      'under names with colons',
      {
        'IdentityServer:Clients': settings.Clients,
        'IdentityServer:ApiScopes': settings.ApiScopes,
      },
      [],
    ],
    [
      'in part at the top',
      {
        IdentityServer: { IssuerUri: oneApi.IssuerUri },
        Clients: settings.Clients,
        ApiScopes: settings.ApiScopes,
      },
      [],
    ],
    [
      'with comments and commas',
      `// mine\n{ /* all */ "Clients": ${JSON.stringify(settings.Clients)}, "ApiScopes": [{ "Name": "read" },], }`,
      [],
    ],
    ['after a byte order mark', `\uFEFF${JSON.stringify(settings)}`, []],
  ])('finds a configuration %s', async (_where, content, args) => {
    const { exitCode, stdout, stderr } = await importing(await settingsFile(content), ...args)
    expect(exitCode).toBe(0)
    expect(stdout).toContain("clientId: 'machine'")
    expect(stderr).not.toMatch(/^error|unknown-property|server-option/m)
  })

  it.each([
    ['{ "Clients": [ }', [], 'not valid JSON: line 1, column 16'],
    ['[]', [], 'not valid JSON: line 1, column 1'],
    [
      '{ "Logging": {} }',
      [],
      'there is none of IdentityResources, ApiScopes, ApiResources, Clients: name the section that has them with --section',
    ],
    [{ Clients: [machine] }, ['--section', 'Auth'], "there is no section 'Auth'"],
    [
      '{ "Clients": [{ "ClientId": "a", "clientid": "b" }] }',
      [],
      'Clients:0:clientid is there twice',
    ],
    [
      { Clients: [machine], IdentityServer: settings },
      [],
      'there are Clients in IdentityServer and at the top: name the section with --section',
    ],
  ])('says what is wrong with %j %j', async (content, args, message) => {
    const from = await settingsFile(content)
    expect(await importing(from, ...args)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `${from}: ${message}\n`,
    })
  })

  it.each([
    ['nowhere.json', /^cannot read nowhere\.json: ENOENT/],
    [
      'postgres://u:s3cr3t@127.0.0.1:1/x',
      /^cannot read postgres:\/\/u:\*{3}@127\.0\.0\.1:1\/x: .*ECONNREFUSED/,
    ],
    ['postgres:/u:s3cr3t@nowhere', /^--from: this is no postgres:\/\/ URL; in a password, /],
    ['postgres://u:1234/s3cr3t@127.0.0.1:1/x', /^--from: this is no postgres:\/\/ URL; /],
  ])('says why it cannot read %s, without a password', async (from, message) => {
    const { exitCode, stderr } = await importing(from)
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(message)
    expect(stderr).not.toContain('s3cr3t')
  })

  it.each([
    ' postgres://u:s3cr3t@127.0.0.1:1/x',
    '"postgres://u:s3cr3t@127.0.0.1:1/x"',
    'Host=127.0.0.1;Username=u;Password=s3cr3t;Database=x',
    'Data Source=x.db;Pwd = s3cr3t',
  ])('does not repeat %j, because there is a password in it', async (from) => {
    const { exitCode, stdout, stderr } = await importing(from)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('--from takes an appsettings.json, a postgres:// URL, or a SQLite')
    expect(`${stdout}${stderr}`).not.toContain('s3cr3t')
  })

  it('writes a file that nobody else can read, because hashes of secrets are in it', async () => {
    const out = await temporaryPath('bailiwick.config.ts')
    await importing(await settingsFile(), '--out', out)
    expect((await stat(out)).mode & 0o777).toBe(0o600)
  })

  it('leaves a link where it is, and nothing beside the file it leads to', async () => {
    const target = await temporaryPath('elsewhere.ts')
    const out = await temporaryPath('bailiwick.config.ts')
    await writeFile(target, 'mine')
    await symlink(target, out)
    expect(await importing(await settingsFile(), '--out', out, '--force')).toMatchObject({
      exitCode: 0,
    })
    expect((await lstat(out)).isSymbolicLink()).toBe(true)
    expect(await readFile(target, 'utf8')).toContain('defineConfiguration')
    expect(await readdir(dirname(target))).toEqual(['elsewhere.ts'])
  })

  it('puts the new file into the place of the old one at once', async () => {
    const out = await temporaryPath('bailiwick.config.ts')
    await writeFile(out, 'mine')
    const old = await open(out)
    onTestFinished(async () => old.close())
    await importing(await settingsFile(), '--out', out, '--force')
    expect(await old.readFile('utf8')).toBe('mine')
  })

  it.each([
    [[], '--from PLACE is needed'],
    [
      ['--from', 'mysql://127.0.0.1/x'],
      '--from takes an appsettings.json, a postgres:// URL, or a SQLite file',
    ],
    [['--from', 'a.json', '--report', 'xml'], "--report takes text, json, not 'xml'"],
    [['--from', 'a.json', '--force'], '--force needs --out'],
    [
      ['--from', 'a.json', '--out', 'a.json'],
      '--out takes a file that ends in .ts, .mts, .js, .mjs',
    ],
    [
      ['--from', 'postgres://127.0.0.1/x', '--section', 'A'],
      '--section is for an appsettings.json',
    ],
  ])('tells how it is used for %j', async (args, message) => {
    const { exitCode, stderr } = await runInProcess('import', ...args)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`bailiwick import: ${message}\n\nUsage: bailiwick import --from PLACE`)
  })

  it('has a schema for databases only', async () => {
    const { exitCode, stderr } = await importing(await settingsFile(), '--schema', 'ids')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('--schema is for a postgres:// URL\n')
  })
})
