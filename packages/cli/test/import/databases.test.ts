import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { hasDatabase } from '../../../store-postgres/test/support/find-database.js'
import { temporaryDatabase } from '../../../store-postgres/test/support/temporary-database.js'
import { sayNotChecked } from '../../../../tests/support/say-not-checked.js'
import { postgresTables, sqliteTables } from '../support/import/databases.js'
import { postgres, snakeCase } from '../support/import/ef-tables.js'
import { importFrom, machine, oneApi, runText } from '../support/import/import-from.js'
import type { Appsettings } from '../support/import/to-appsettings.js'

const settings: Appsettings = {
  IdentityResources: [],
  ApiScopes: oneApi.ApiScopes,
  ApiResources: oneApi.ApiResources,
  Clients: [machine],
}

const found = ({ findings }: Awaited<ReturnType<typeof importFrom>>): readonly string[] =>
  findings.map(({ ruleId, path }) => `${ruleId} ${path}`)

const always: readonly string[] = ['issuer IssuerUri', 'outside-configuration IdentityServer']

describe('an import from SQLite', () => {
  it('says nothing of the defaults, which are in every row', async () => {
    const { name, write } = await sqliteTables()
    await write(settings)
    expect(found(await importFrom({ from: name }))).toEqual(always)
  })

  it('does not change the file', async () => {
    const { name, write } = await sqliteTables()
    await write(settings)
    const before = await readFile(name)
    await importFrom({ from: name })
    expect((await readFile(name)).equals(before)).toBe(true)
  })

  it('names what is found by the name of the entry', async () => {
    const { name, write } = await sqliteTables()
    await write({
      ...settings,
      Clients: [
        {
          ...machine,
          ClientId: 'a "b"',
          RequireDPoP: true,
          ClientSecrets: [...machine.ClientSecrets, { Value: 'plain' }],
        },
      ],
    })
    expect(found(await importFrom({ from: name }))).toEqual([
      'secret-hash Clients["a \\"b\\""].ClientSecrets[1]',
      'sender-constraint Clients["a \\"b\\""].RequireDPoP',
      ...always,
    ])
  })

  it('tells of columns and tables that it does not know what to do with', async () => {
    const { name, write, run } = await sqliteTables()
    await write(settings)
    await run(
      'ALTER TABLE Clients ADD COLUMN Team TEXT',
      "UPDATE Clients SET Team = 'never-shown'",
      'CREATE TABLE IdentityProviders (Id INTEGER, Scheme TEXT, Properties TEXT)',
      'INSERT INTO IdentityProviders VALUES (1, \'google\', \'{"secret":"never-shown"}\')',
    )
    const imported = await importFrom({ from: name })
    expect(found(imported)).toEqual([
      always[0],
      'unknown-property Clients["machine"].Team',
      'other-entries IdentityProviders["google"]',
      always[1],
    ])
    expect(JSON.stringify(imported)).not.toContain('never-shown')
  })

  it('refuses tables of which some are missing, because what is in them would be lost', async () => {
    const { name, run } = await sqliteTables()
    await run('DROP TABLE ClientClaims', 'DROP TABLE ApiResourceScopes')
    await expect(importFrom({ from: name })).rejects.toThrow(
      `${name}: these are not the configuration tables of IdentityServer 4.0 or later: there is no ApiResourceScopes, ClientClaims`,
    )
  })

  it('refuses two tables that are called alike, because one of them would be lost', async () => {
    const { name, run } = await sqliteTables()
    await run('CREATE TABLE client_scopes (Id INTEGER, ClientId INTEGER, Scope TEXT)')
    await expect(importFrom({ from: name })).rejects.toThrow(
      `${name}: there are both ClientScopes and client_scopes`,
    )
  })
})

sayNotChecked(hasDatabase, 'PostgreSQL')

describe.skipIf(!hasDatabase)('an import from PostgreSQL', () => {
  it('finds the schema that has the tables', async () => {
    const { url } = await temporaryDatabase()
    const { write, run } = await postgresTables(postgres, { url, schema: 'Identity 1' })
    await run('CREATE TABLE public.clients (id integer)')
    await write(settings)
    const { text, findings } = await importFrom({ from: url })
    expect(text).toContain("clientId: 'machine'")
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['issuer', 'outside-configuration'])
  })

  it('asks which schema where several have them', async () => {
    const { url, shown } = await temporaryDatabase()
    await postgresTables(postgres, { url, schema: 'new' })
    const old = await postgresTables({ ...postgres, nameOf: snakeCase }, { url, schema: 'old' })
    await old.write(settings)
    await expect(importFrom({ from: url })).rejects.toThrow(
      `${shown}: several schemas have the tables: name one of new, old with --schema`,
    )
    expect((await importFrom({ from: url, schema: 'old' })).text).toContain("clientId: 'machine'")
    expect((await importFrom({ from: url, schema: 'new' })).text).not.toContain('machine')
  })

  it.each([
    [undefined, 'there are no configuration tables of IdentityServer to read'],
    ['elsewhere', "there is no schema 'elsewhere' with tables to read"],
  ])('says what is missing in an empty database (schema %s)', async (schema, message) => {
    const { url, shown } = await temporaryDatabase()
    await expect(importFrom({ from: url, schema })).rejects.toThrow(`${shown}: ${message}`)
  })

  it('calls no function that somebody has put into the database', async () => {
    const { url } = await temporaryDatabase()
    const { write, run } = await postgresTables(postgres, { url })
    await write(settings)
    await run(`CREATE FUNCTION public.to_json(record) RETURNS json LANGUAGE plpgsql
      AS $$ BEGIN RAISE 'called'; END $$`)
    expect((await importFrom({ from: url })).text).toContain("clientId: 'machine'")
  })

  it('takes dates for what they are, in whatever zone the database is', async () => {
    const { url, ask } = await temporaryDatabase()
    await ask(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET timezone TO 'Asia/Kolkata'`)
    const { write } = await postgresTables(postgres, { url })
    const [secret] = machine.ClientSecrets
    const ends = (Expiration: string) => ({ ...secret, Expiration })
    await write({
      ...settings,
      Clients: [{ ...machine, ClientSecrets: [ends('2027-06-30 12:00:00+00'), ends('infinity')] }],
    })
    expect(runText(await importFrom({ from: url })).clients[0]?.clientSecrets).toEqual([
      { value: secret.Value, expiration: '2027-06-30T12:00:00Z' },
      { value: secret.Value },
    ])
  })
})
