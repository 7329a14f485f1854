import { expect } from 'vitest'
import type { CompatibilityName } from '../../src/index.js'
import { createBrowser, locationOf } from '../support/people.js'
import type { TestBrowser } from '../support/people.js'
import { bodyOf } from '../support/server.js'
import type { CaseConfig, CaseRunner, ResourceCase } from './cases.js'
import { compareFacts, sorted } from './compare.js'
import { codeOf, createPeopleWorld, promptOf } from './people-world.js'
import type { PeopleWorld, Stage } from './people-world.js'
import { clientOf } from './world.js'

type Request = ResourceCase['request']

const rawScopes = ({ scopes = [] }: Request): readonly string[] =>
  scopes.map((scope) => (typeof scope === 'string' ? scope : scope.raw))

/**
 * The scopes that bob has consented to before. A case that says when and not what is about those of the request; and
 * IdentityServer writes down names, so that what is remembered as `transaction` was asked for as `transaction:1`.
 */
function rememberedScopes(request: Request): readonly string[] {
  const { remembered, scopes = [] } = request
  if (remembered === null || remembered === undefined) return []
  if (typeof remembered === 'string') return rawScopes(request)
  return remembered.map((name) => {
    const parameterized = scopes.find((scope) => typeof scope !== 'string' && scope.name === name)
    return typeof parameterized === 'object' ? parameterized.raw : name
  })
}

/** Declares the scopes of a case; those that are asked for with a parameter take one. */
function apiScopesOf(request: Request): readonly { readonly name: string }[] {
  const parameterized = (request.scopes ?? []).flatMap((scope) =>
    typeof scope === 'string' ? [] : [scope.name],
  )
  const plain = [...rawScopes(request), ...rememberedScopes(request)].filter(
    (value) => !value.includes(':'),
  )
  return [
    ...[...new Set(plain)].map((name) => ({ name })),
    ...parameterized.map((name) => ({ name, parameter: {} })),
  ]
}

const worldOf = (config: CaseConfig, request: Request, mode: CompatibilityName): PeopleWorld =>
  createPeopleWorld({ ...config, apiScopes: apiScopesOf(request) }, mode)

/** Bob consents to everything that is asked for, for good or for now. */
const consent = (
  stage: Stage,
  scopes: readonly string[],
  { browser, ...more }: { readonly browser: TestBrowser; readonly remember: boolean },
) => stage.authorize({ scope: scopes.join(' '), prompt: 'consent' }, { browser, ...more })

/** Everything that is remembered of what bob has allowed. */
async function storedScopes({ server }: Stage): Promise<readonly string[] | null> {
  const [grant] = await server.grants.list('bob')
  if (grant === undefined) return null
  const { aboutYou, access } = grant.allowed
  const values = [...aboutYou, ...access.flatMap(({ scopes }) => scopes)].map(({ value }) => value)
  return sorted([...new Set(values)])
}

/** "Is consent needed?": what bob is asked when he comes for the second time. */
export const runConsentNeeded: CaseRunner = async ({ config, request }, expected, mode) => {
  const { start, pass } = worldOf(config, request, mode)
  const stage = start()
  const browser = createBrowser(stage.server)
  const remembered = rememberedScopes(request)
  if (remembered.length > 0) {
    await consent(stage, remembered, { browser, remember: true })
    expect(await storedScopes(stage)).toEqual(sorted(remembered))
  }
  if (request.remembered === 'given 3 s ago') pass(3)
  const response = await stage.open({ scope: rawScopes(request).join(' ') }, browser)
  const prompt = await promptOf(stage, response)
  const outcome = {
    consentRequired: prompt === 'consent',
    error: locationOf(response).searchParams.get('error'),
  }
  compareFacts({ error: null, ...expected }, outcome)
}

/** "Store consent": what is remembered after bob has consented for the second time, and now not for good. */
export const runStoreConsent: CaseRunner = async ({ config, request }, expected, mode) => {
  const stage = worldOf(config, request, mode).start()
  const browser = createBrowser(stage.server)
  const before = rememberedScopes(request)
  const remember = before.length === 0
  if (!remember) {
    await consent(stage, before, { browser, remember: true })
    expect(await storedScopes(stage)).toEqual(sorted(before))
  }
  await consent(stage, remember ? rawScopes(request) : before, { browser, remember })
  compareFacts(expected, { stored: await storedScopes(stage) })
}

/** What a code is good for, by kind of scope. */
async function grantedBy(code: string, stage: Stage, config: CaseConfig) {
  const { redirectUri } = clientOf(config)
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri }
  const scopes = sorted(bodyOf(await stage.token(form))['scope'])
  const isIdentity = (scope: string) =>
    config.identityResources?.some(
      (entry) => scope === (typeof entry === 'string' ? entry : entry.name),
    ) === true
  return {
    grantedIdentity: scopes.filter(isIdentity),
    grantedApiScopes: scopes.filter((scope) => !isIdentity(scope)),
  }
}

/** A consent page, from the first question to what the client gets. */
export const runConsentInteraction: CaseRunner = async ({ config, request }, expected, mode) => {
  const { requestedScopes = [], prompt, consented, remember = false } = request
  const stage = createPeopleWorld({ ...config, client: { requireConsent: true } }, mode).start()
  const browser = createBrowser(stage.server)
  const query = { scope: requestedScopes.join(' '), prompt }
  // Bob is signed in, and has not consented for good.
  await consent(stage, ['openid'], { browser, remember: false })
  const first = await stage.open(query, browser)
  const shown = (await promptOf(stage, first)) === 'consent'
  const last = shown
    ? await stage.authorize(query, { browser, remember, ...(consented && { consent: consented }) })
    : first
  const { origin, searchParams } = locationOf(last)
  const code = searchParams.has('code') ? codeOf(last) : undefined
  const outcome = {
    showConsentPage: shown,
    consentShown: shown,
    error: searchParams.get('error'),
    delivery: origin === new URL(clientOf(config).redirectUri).origin ? 'to client' : origin,
    storedScopes: await storedScopes(stage),
    ...(code !== undefined && (await grantedBy(code, stage, config))),
  }
  compareFacts({ error: null, ...expected }, outcome)
}
