import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' }
import { sha256 } from '@bailiwick/core'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { lintRules } from '../../src/lint/rules/index.js'
import { configuration } from '../support/configuration.js'
import { configurationFile, temporaryFile } from '../support/files.js'
import { lintPage } from '../support/lint-examples.js'
import { findings as exampleFindings } from '../support/lint-example.js'
import { runInProcess } from '../support/run-in-process.js'
import type { Outcome } from '../support/run-in-process.js'

const lint = (file: string, ...args: string[]): Promise<Outcome> =>
  runInProcess('lint', '--config', file, ...args)

const [client] = configuration.clients
const clean = configuration
const withInfo = { ...configuration, apiResources: [{ name: 'api', scopes: ['read'] }] }
const withWarning = { ...configuration, apiScopes: ['read', 'write'] }
const withError = {
  ...configuration,
  clients: [{ ...client, clientSecrets: [{ value: sha256('x'), expiration: '1969-12-31' }] }],
}

describe('bailiwick lint', () => {
  it.each([
    ['nothing', 'info', 0, clean],
    ['an info', 'info', 1, withInfo],
    ['an info', 'warning', 0, withInfo],
    ['a warning', 'info', 1, withWarning],
    ['a warning', 'warning', 1, withWarning],
    ['a warning', 'error', 0, withWarning],
    ['an error', 'warning', 1, withError],
    ['an error', 'error', 1, withError],
  ])('with %s and --severity %s ends with %i', async (_what, severity, exitCode, content) => {
    const file = await configurationFile(content)
    expect(await lint(file, '--severity', severity)).toMatchObject({ exitCode })
  })

  it('takes warnings for failures unless told otherwise, and says so', async () => {
    const warned = await configurationFile(withWarning)
    expect(await lint(warned)).toMatchObject({
      exitCode: 1,
      stderr: `${warned}: 2 findings are of severity warning or worse\n`,
    })
    const informed = await configurationFile(withInfo)
    const { exitCode, stdout, stderr } = await lint(informed)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toMatch(/^info: unnameable-api\n[^]*: 0 errors, 0 warnings, 1 info\n$/)
  })

  it('leaves out the rules that are to be ignored', async () => {
    const file = await configurationFile({
      ...withWarning,
      ...withInfo,
      apiScopes: ['read', 'write'],
    })
    const ignore = 'unreachable-scope, scope-without-audience'
    const { exitCode, stdout } = await lint(file, '--json', '--ignore', ignore)
    const { findings } = JSON.parse(stdout) as { findings: { ruleId: string }[] }
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['unnameable-api'])
    expect(exitCode).toBe(0)
  })

  it('says that it has found nothing', async () => {
    const file = await configurationFile(clean)
    expect(await lint(file)).toEqual({
      exitCode: 0,
      stdout: `${file}: nothing found\n`,
      stderr: '',
    })
  })

  it('expires secrets by the clock of the command', async () => {
    const clientSecrets = [{ value: sha256('x'), expiration: '1970-01-20' }]
    const file = await configurationFile({ ...clean, clients: [{ ...client, clientSecrets }] })
    expect((await lint(file)).stdout).toMatch(/^warning: expiring-secret\n/)
  })

  it('says what is wrong with a configuration before it looks for more', async () => {
    const file = await configurationFile({ ...withWarning, apiResources: [{ name: 1 }] })
    expect(await lint(file, '--json')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `${file}: the configuration has 1 problem:\n  apiResources[0].name: a string is needed, not a number\n`,
    })
  })

  it('lets no name act on the terminal', async () => {
    const apiResources = [{ name: 'api\u001B[2J\u202E', scopes: ['read'] }]
    const file = await configurationFile({ ...clean, apiResources })
    expect((await lint(file)).stdout).toContain(`no request can name 'api?[2J?'`)
  })

  it('does the same for a program', () => {
    expect(exampleFindings.map(({ ruleId, path }) => `${ruleId}: ${path}`)).toEqual([
      'unreachable-scope: apiScopes[1]',
    ])
    const example = readFileSync(new URL('../support/lint-example.ts', import.meta.url), 'utf8')
    expect(lintPage).toContain(example.replace('../../src/index.js', '@bailiwick/cli'))
  })
})

describe('bailiwick lint --json', () => {
  it('prints the findings with their places', async () => {
    const content = JSON.stringify(withWarning, undefined, 2)
    const file = await temporaryFile('bailiwick.json', content)
    const { exitCode, stdout } = await lint(file, '--json')
    expect(exitCode).toBe(1)
    expect(JSON.parse(stdout)).toEqual({
      file,
      findings: [
        expect.objectContaining({
          ruleId: 'unreachable-scope',
          path: 'apiScopes[1]',
          line: 4,
          column: 5,
        }),
        {
          ruleId: 'scope-without-audience',
          severity: 'warning',
          path: 'apiScopes[1]',
          line: 4,
          column: 5,
          message: `no API resource lists 'write'`,
          why: expect.stringContaining('has no aud') as string,
          fix: expect.stringContaining(`add 'write' to the scopes`) as string,
          url: 'docs/reference/lint.md#scope-without-audience',
        },
      ],
      summary: { error: 0, warning: 2, info: 0 },
    })
    expect(await lint(file, '--format', 'json')).toMatchObject({ stdout })
  })

  it('knows no places in a module', async () => {
    const file = await temporaryFile(
      'bailiwick.config.mjs',
      `export default ${JSON.stringify(withInfo)}`,
    )
    const { findings } = JSON.parse((await lint(file, '--json')).stdout) as { findings: object[] }
    expect(findings).toHaveLength(1)
    expect(findings[0]).not.toHaveProperty('line')
  })
})

interface SarifLog {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
    readonly results: readonly {
      readonly ruleId: string
      readonly ruleIndex: number
      readonly level: string
      readonly locations: readonly object[]
    }[]
  }[]
}

describe('bailiwick lint --format sarif', () => {
  // The schema is of draft 4, whose only difference here is how it names itself.
  const { $schema: _draft, id: _id, ...schema } = sarifSchema
  const validate = new Ajv({
    strict: false,
    unicodeRegExp: false,
    allErrors: true,
    formats: {
      uri: (text) => URL.canParse(text),
      'uri-reference': (text) => !text.includes(' ') && URL.canParse(text, 'https://example.com'),
      'date-time': true,
    },
  }).compile(schema)

  const sarifOf = async (file: string): Promise<SarifLog> =>
    JSON.parse((await lint(file, '--format', 'sarif')).stdout) as SarifLog

  it.each([
    ['nothing', clean],
    [
      'findings of every level',
      { ...withError, ...withInfo, apiScopes: ['read', 'write'], clients: withError.clients },
    ],
  ])('is valid with %s', async (_what, content) => {
    validate(await sarifOf(await configurationFile(content)))
    expect(validate.errors).toBeNull()
  })

  it('is told to be wrong by the schema when it is', () => {
    expect(validate({ version: '2.1.0', runs: [{ tool: {}, results: [] }] })).toBe(false)
  })

  it('tells the rule, the level and the place of each finding', async () => {
    const file = await temporaryFile('my config.json', JSON.stringify(withWarning, undefined, 2))
    const {
      runs: [run],
    } = await sarifOf(file)
    const [first] = run?.results ?? []
    expect(first).toMatchObject({
      ruleId: 'unreachable-scope',
      level: 'warning',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: relative('', file).replace(' ', '%20') },
            region: { startLine: 4, startColumn: 5 },
          },
          logicalLocations: [{ fullyQualifiedName: 'apiScopes[1]' }],
        },
      ],
    })
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(lintRules.map(({ id }) => id))
    expect(run?.tool.driver.rules[first?.ruleIndex ?? -1]?.id).toBe('unreachable-scope')
  })

  it('calls what is less than a warning a note', async () => {
    const {
      runs: [run],
    } = await sarifOf(await configurationFile(withInfo))
    expect(run?.results.map(({ level }) => level)).toEqual(['note'])
  })

  it('names the file alone where there are no lines', async () => {
    const file = await temporaryFile(
      'bailiwick.config.mjs',
      `export default ${JSON.stringify(withInfo)}`,
    )
    const {
      runs: [run],
    } = await sarifOf(file)
    expect(run?.results[0]?.locations).toEqual([
      {
        physicalLocation: { artifactLocation: { uri: relative('', file) } },
        logicalLocations: [{ fullyQualifiedName: 'apiResources[0]' }],
      },
    ])
  })
})

describe('the configurations that we show', () => {
  const root = new URL('../../../../', import.meta.url)
  const found = async (file: string): Promise<readonly string[]> => {
    const { findings } = JSON.parse((await lint(file, '--json')).stdout) as {
      findings: { ruleId: string; path: string }[]
    }
    return findings.map(({ ruleId, path }) => `${ruleId} ${path}`)
  }

  // One client shows both kinds of grant there, so that the files stay short.
  const mixed = 'mixed-grants clients[0].allowedGrantTypes'

  it.each([
    ['bailiwick.json', [mixed]],
    ['bailiwick.config.ts', []],
  ])('the example %s', async (name, accepted) => {
    const file = fileURLToPath(new URL(`packages/cli/examples/${name}`, root))
    expect(await found(file)).toEqual(accepted)
  })

  it('the README', async () => {
    const readme = readFileSync(new URL('README.md', root), 'utf8')
    const [, code = ''] = /```json \[bailiwick\.json\]\n(.*?)```/s.exec(readme) ?? []
    expect(await found(await temporaryFile('bailiwick.json', code))).toEqual([mixed])
  })
})
