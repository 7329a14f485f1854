import { readFileSync } from 'node:fs'
import type { CompatibilityName } from '../../src/index.js'

/** A case of the resource model in the terms of IdentityServer: see data/README.md. */
export interface ResourceCase {
  readonly id: string
  readonly topic: string
  readonly config: CaseConfig
  readonly request: CaseRequest
  readonly expect: CaseExpectation
  readonly note?: string
}

export interface CaseResource {
  readonly name: string
  readonly scopes?: readonly string[]
  readonly userClaims?: readonly string[]
  readonly enabled?: boolean
  readonly requireResourceIndicator?: boolean
  /** Whether it has a secret. */
  readonly secret?: boolean
}

export interface CaseClient {
  readonly id?: string
  readonly grants?: readonly string[]
  readonly allowedScopes?: readonly string[]
  readonly allowOfflineAccess?: boolean
  readonly redirectUris?: readonly string[]
  readonly requirePkce?: boolean
  readonly requireConsent?: boolean
  readonly allowRememberConsent?: boolean
  readonly consentLifetime?: number
  readonly alwaysIncludeUserClaimsInIdToken?: boolean
  readonly refreshTokenUsage?: string
  readonly accessTokenType?: string
  /** The refresh token cases have names of their own: how a token is used, and its lifetimes in seconds. */
  readonly usage?: string
  readonly expiration?: string
  readonly absolute?: number
  readonly sliding?: number
}

export interface CaseConfig {
  readonly identityResources?: readonly (string | CaseResource)[]
  readonly apiScopes?: readonly (string | CaseResource)[]
  readonly apiResources?: readonly (string | CaseResource)[]
  readonly keys?: readonly string[]
  readonly client?: CaseClient
  /** Several, where who asks matters; `a|b` stands for two that are alike. */
  readonly clients?: readonly CaseClient[]
  /** What a scope looks like that has a parameter. */
  readonly scopeParser?: string
}

/** The parameters of a request. Those that begin with `_` say something about the situation. */
export type CaseParameters = Readonly<Record<string, string | readonly string[]>>

/** A request that another one builds on. One without `endpoint` is the form of a token request. */
export interface CaseStep {
  readonly endpoint?: string
  readonly params?: CaseParameters
  readonly prior?: CaseStep | string
  readonly [member: string]: unknown
}

/** What a case says is stored before. */
export interface StoredGrant {
  readonly scopes: readonly string[]
  readonly resourceIndicators?: readonly string[]
}

interface CaseRequest extends CaseStep {
  readonly unit?: string
  /** What is special, in words. */
  readonly situation?: string
  readonly operation?: string
  /** Who asks about a token. */
  readonly caller?: string
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly storedCode?: StoredGrant
  readonly storedRefreshToken?: StoredGrant
  readonly scopes?: readonly (string | { readonly raw: string; readonly name: string })[]
  readonly resourceIndicators?: readonly string[]
  readonly resourceIndicator?: string | null
  readonly offlineAccess?: boolean
  readonly tokenScopes?: readonly string[]
  readonly remembered?: readonly string[] | string | null
  readonly requestedScopes?: readonly string[]
  readonly consented?: readonly string[]
  readonly remember?: boolean
  readonly prompt?: string
}

/** What is expected; every member that is present is compared, whatever the kind of case. */
export interface CaseExpectation {
  readonly status?: number
  readonly error?: string
  readonly access_token?: Readonly<Record<string, unknown>>
  readonly valid?: boolean
  readonly succeeded?: boolean
  readonly apiResources?: readonly string[]
  readonly apiScopes?: readonly string[]
  readonly apiScopesInclude?: readonly string[]
  readonly identityResources?: readonly string[]
  readonly offlineAccess?: boolean
  readonly invalidScopes?: readonly string[]
  readonly invalidScopesInclude?: readonly string[]
  readonly invalidResourceIndicators?: readonly string[]
  readonly algorithms?: readonly string[]
  readonly throws?: string
  readonly delivery?: string
  readonly [member: string]: unknown
}

/** Runs a case and compares what comes out with what is expected in a mode. */
export type CaseRunner = (
  entry: ResourceCase,
  expected: CaseExpectation,
  mode: CompatibilityName,
) => unknown

/** What there is where IdentityServer's own tests have a stub that accepts everything. */
const stubbed: CaseConfig = {
  identityResources: ['openid'],
  apiScopes: ['scope1'],
  apiResources: [{ name: 'http://resource1', scopes: ['scope1'] }],
}

/** A stub is told by its description, which stands in the place of the resources. */
const withoutStub = (entry: ResourceCase): ResourceCase => {
  const { apiResources }: { readonly apiResources?: unknown } = entry.config
  return typeof apiResources === 'string'
    ? { ...entry, config: { ...entry.config, ...stubbed } }
    : entry
}

const data = JSON.parse(
  readFileSync(new URL('../data/resource-cases.json', import.meta.url), 'utf8'),
) as readonly ResourceCase[]

export const cases: readonly ResourceCase[] = data.map(withoutStub)
