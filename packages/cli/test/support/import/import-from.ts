import process from 'node:process'
import { defineResources } from '@bailiwick/protocol'
import { importIdentityServer } from '../../../src/import/import-identity-server.js'
import type { Imported } from '../../../src/import/import-identity-server.js'
import { readSource } from '../../../src/import/sources/read-source.js'
import type { SourceOptions } from '../../../src/import/sources/read-source.js'
import { defineConfiguration } from '../../../src/index.js'
import type { Configuration } from '../../../src/index.js'
import { temporaryFile } from '../files.js'

/** Imports what is at a place, as the command does. */
export const importFrom = async (options: SourceOptions): Promise<Imported> =>
  importIdentityServer(await readSource(options), { shownAs: 'a test', now: new Date(0) })

/** Imports an `appsettings.json`. */
export const importSettings = async (settings: object): Promise<Imported> =>
  importFrom({ from: await temporaryFile('appsettings.json', JSON.stringify(settings)) })

/** Imports an IdentityServer that has one client. */
export const importClient = async (client: object): Promise<Imported> =>
  importSettings({ IdentityServer: { ...oneApi, Clients: [{ ...machine, ...client }] } })

/** The standard identity resource, as IdentityServer has it. */
export const openid = {
  Name: 'openid',
  DisplayName: 'Your user identifier',
  Required: true,
  UserClaims: ['sub'],
} as const

/** The API that the client of a test may call. */
export const oneApi = {
  IssuerUri: 'https://id.example.com',
  ApiScopes: [{ Name: 'read' }],
  ApiResources: [{ Name: 'urn:api', Scopes: ['read'] }],
} as const

/** A client of which nothing is to be said. */
export const machine = {
  ClientId: 'machine',
  ClientSecrets: [{ Value: 'tjcMWmn9Uro2G2kRjvBIyRgljATVi7I/hGvnRBPXVNk=' }],
  AllowedGrantTypes: ['client_credentials'],
  AllowedScopes: ['read'],
} as const

/** What is in the file that was written. It has no types, so that it can be run as it is. */
export function runText({ text }: Pick<Imported, 'text'>): Configuration {
  const body = text
    .replaceAll(/^import .*$/gm, '')
    .replace('export const', 'const')
    .replace('export default', 'return')
  // oxlint-disable-next-line typescript/no-implied-eval -- the file is what is tested
  const load = new Function('defineConfiguration', 'defineResources', 'process', body)
  return load(defineConfiguration, defineResources, process) as Configuration
}
