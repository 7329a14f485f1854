import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { runInProcess } from './support/run-in-process.js'

describe('bailiwick', () => {
  it('prints its version', async () => {
    const manifest: unknown = JSON.parse(
      await readFile(new URL('../package.json', import.meta.url), 'utf8'),
    )
    const { version } = manifest as { readonly version: string }
    expect(await runInProcess('--version')).toEqual({
      exitCode: 0,
      stdout: `${version}\n`,
      stderr: '',
    })
  })

  it('lists the commands when asked for help', async () => {
    const { exitCode, stdout, stderr } = await runInProcess('--help')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toMatch(/^ {2}serve {8}Starts the server/m)
    expect(stdout).toMatch(/^ {2}keys list {4}Lists the keys/m)
    expect(stdout).toMatch(/^ {2}lint {9}Finds what is allowed/m)
    expect(stdout).toMatch(/^ {2}migrate {6}Makes the tables/m)
    expect(stdout).toMatch(/^ {2}schema {7}Prints the JSON Schema/m)
  })

  it.each([['--help'], ['-h']])('tells with %s how a command is used', async (flag) => {
    const { exitCode, stdout, stderr } = await runInProcess('serve', flag)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toMatch(/^Usage: bailiwick serve --config FILE/)
    expect(stdout).toMatch(/^ {2}--tls-key FILE {11}The private key/m)
  })

  it('shows which options take no value', async () => {
    const { stdout } = await runInProcess('lint', '--help')
    expect(stdout).toMatch(/^ {2}--json {11}The same as --format json/m)
  })
})

describe('wrong usage', () => {
  const serve = ['serve', '--config', 'bailiwick.json'] as const
  const lint = ['lint', '--config', 'bailiwick.json'] as const

  it.each([
    [[], 'bailiwick: a command is needed'],
    [['start'], `bailiwick: 'start' is no command`],
    [['serve'], 'bailiwick serve: --config FILE is needed'],
    [['serve', '--config'], /^bailiwick serve: .*'--config/],
    [['serve', '--storage', 'memory'], /^bailiwick serve: .*'--storage'/],
    [['serve', 'bailiwick.json'], /^bailiwick serve: .*'bailiwick.json'/],
    [
      [...serve, '--port', '80a'],
      `bailiwick serve: --port takes a number from 0 to 65535, not '80a'`,
    ],
    [[...serve, '--port', '65536'], /--port takes a number/],
    [[...serve, '--port='], 'bailiwick serve: --port needs a value, and not an empty one'],
    [
      ['explain', '--config', 'c.json', '--client', 'a', '--why-not', ''],
      'bailiwick explain: --why-not needs a value, and not an empty one',
    ],
    [
      [...serve, '--host', 'a b'],
      `bailiwick serve: --host takes a name or an IP address, not 'a b'`,
    ],
    [[...serve, '--tls-key', 'a'], 'bailiwick serve: --tls-key and --tls-cert need each other'],
    [[...serve, '--tls-cert', 'a'], /need each other/],
    [[...serve, '--migrate', 'maybe'], `bailiwick serve: --migrate takes yes or no, not 'maybe'`],
    [
      [...serve, '--migrate', 'no'],
      'bailiwick serve: --migrate no needs --store with a postgres:// URL',
    ],
    [['lint'], 'bailiwick lint: --config FILE is needed'],
    [[...lint, '--json=yes'], /^bailiwick lint: .*'--json'/],
    [[...lint, '--format', 'xml'], `bailiwick lint: --format takes text, json, sarif, not 'xml'`],
    [[...lint, '--json', '--format', 'sarif'], /--json and --format contradict each other/],
    [[...lint, '--severity', 'bad'], /--severity takes error, warning, info, not 'bad'$/],
    [
      [...lint, '--ignore', 'mixed-grants,x'],
      /takes rules of docs\/reference\/lint.md, of which 'x' is none$/,
    ],
    [
      [...serve, '--explorer', 'open'],
      `bailiwick serve: --explorer takes loopback or env:NAME, not 'open'`,
    ],
    [
      [...serve, '--trust-proxy', 'proxy.example.com'],
      `bailiwick serve: --trust-proxy takes IP addresses, networks such as 10.0.0.0/8, and loopback, linklocal, uniquelocal, not 'proxy.example.com'`,
    ],
    [[...serve, '--trust-proxy', '1'], /--trust-proxy takes .*, not '1'$/],
    [[...serve, '--trust-proxy', 'loopback,'], /--trust-proxy takes .*, not ''$/],
    [[...serve, '--trust-proxy', '0.0.0.0/0'], /--trust-proxy takes .*, not '0.0.0.0\/0'$/],
    [[...serve, '--trust-proxy', '::1, ::/129'], /--trust-proxy takes .*, not '::\/129'$/],
    [[...serve, '--trust-proxy', '10.0.0.0/a'], /--trust-proxy takes .*, not '10.0.0.0\/a'$/],
    [[...serve, '--explorer', 'env:'], /--explorer takes loopback or env:NAME/],
    [['migrate'], 'bailiwick migrate: --store PLACE is needed'],
    [['schema', '--config', 'a'], /^bailiwick schema: .*'--config'/],
    [['keys'], 'bailiwick: keys is followed by list, rotate, revoke'],
    [['keys', 'replace'], 'bailiwick: keys is followed by list, rotate, revoke'],
    [['keys', 'list'], 'bailiwick keys list: --config FILE is needed'],
    [['keys', 'revoke', '--config', 'a'], 'bailiwick keys revoke: --kid KID is needed'],
    [
      ['keys', 'rotate', '--algorithm', 'HS256'],
      `bailiwick keys rotate: --algorithm takes RS256, PS256, ES256, EdDSA, not 'HS256'`,
    ],
    [
      ['keys', 'rotate', '--signs', 'now'],
      `bailiwick keys rotate: --signs takes announced or at-once, not 'now'`,
    ],
  ])('%j', async (args, complaint) => {
    const { exitCode, stdout, stderr } = await runInProcess(...args)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    const [firstLine, ...others] = stderr.split('\n')
    expect(firstLine).toEqual(
      typeof complaint === 'string' ? complaint : expect.stringMatching(complaint),
    )
    expect(others.join('\n')).toMatch(/^\nUsage: bailiwick .*\n\n[^]*Options:\n {2}--/)
  })
})
