import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkConfiguration } from '../../src/configuration/check-configuration.js'
import { importFrom } from '../support/import/import-from.js'
import configuration, { resources } from './sample.config.js'

const sample = fileURLToPath(new URL('../data/appsettings.json', import.meta.url))

/** Which `pnpm typecheck` compiles, and `pnpm format:check` holds to the format of this project. */
const expected = 'sample.config.ts'

describe('the sample', () => {
  it('becomes the file that is beside this test', async () => {
    const { text } = await importFrom({ from: sample })
    await expect(text).toMatchFileSnapshot(expected)
  })

  it('is a configuration that a server starts with, once it has its key', () => {
    const dataKeys = [Buffer.alloc(32).toString('base64')]
    const input = { ...configuration, dataKeys }
    expect(checkConfiguration(input, { defaultIssuer: 'http://127.0.0.1:5001' })).toEqual(input)
    expect(configuration).toMatchObject(resources)
  })

  it('has names that the compiler knows', () => {
    // @ts-expect-error -- there is no such API
    expect(resources.apiResources?.find(({ name }) => name === 'urn:shop:payments')).toBeUndefined()
  })

  it('is reported without anything that is secret', async () => {
    const { findings, lint, text } = await importFrom({ from: sample })
    const report = JSON.stringify([findings, lint])
    for (const [hash] of text.matchAll(/[A-Za-z0-9+/]{43}=/g)) expect(report).not.toContain(hash)
    for (const secret of ['plain-secret', 'modulus-of', 'license-of', 'not-for-anybody']) {
      expect(report).not.toContain(secret)
      expect(text).not.toContain(secret)
    }
  })

  it('loses nothing without a word', async () => {
    const { findings } = await importFrom({ from: sample })
    expect(findings.map(({ ruleId, path }) => `${ruleId} ${path}`)).toMatchInlineSnapshot(`
      [
        "left-out IdentityServer.Clients[4].ClientSecrets",
        "left-out IdentityServer.Clients[5].ClientSecrets",
        "refused IdentityServer.ApiResources[0].AllowedAccessTokenSigningAlgorithms[1]",
        "refused IdentityServer.Clients[0].RedirectUris[1]",
        "grant-type IdentityServer.Clients[5].AllowedGrantTypes[0]",
        "secret-kind IdentityServer.Clients[4].ClientSecrets[0]",
        "secret-hash IdentityServer.Clients[5].ClientSecrets[0]",
        "sender-constraint IdentityServer.Clients[4].RequireDPoP",
        "login-restriction IdentityServer.Clients[2].IdentityProviderRestrictions",
        "unknown-property IdentityServer.Clients[5].AllowedScope",
        "server-option IdentityServer.LicenseKey",
        "server-option IdentityServer.Authentication.CookieLifetime",
        "refresh-token-rotation IdentityServer.Clients[1].RefreshTokenUsage",
        "code-lifetime IdentityServer.Clients[1].AuthorizationCodeLifetime",
        "application-type IdentityServer.Clients[2].RedirectUris[0]",
        "disabled IdentityServer.ApiScopes[4]",
        "unused-setting IdentityServer.Clients[0].Description",
        "restated-default IdentityServer.Clients[0].AllowPlainTextPkce",
        "offline-access-scope IdentityServer.Clients[0].AllowedScopes[5]",
        "claims-on-refresh Clients",
        "refresh-token-replay Clients",
        "redirect-uri-case Clients",
        "introspection-audience ApiResources",
        "outside-configuration IdentityServer",
      ]
    `)
  })
})
