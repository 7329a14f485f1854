import { readFileSync } from 'node:fs'

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
}

export interface CaseConfig {
  readonly identityResources?: readonly (string | CaseResource)[]
  readonly apiScopes?: readonly (string | CaseResource)[]
  readonly apiResources?: readonly (string | CaseResource)[]
  readonly keys?: readonly string[]
  readonly client?: {
    readonly id?: string
    readonly grants?: readonly string[]
    readonly allowedScopes?: readonly string[]
    readonly allowOfflineAccess?: boolean
  }
}

interface CaseRequest {
  readonly endpoint?: string
  readonly unit?: string
  readonly params?: Readonly<Record<string, string>>
  readonly scopes?: readonly string[]
  readonly resourceIndicators?: readonly string[]
  readonly resourceIndicator?: string | null
  readonly offlineAccess?: boolean
}

/** What is expected; every member that is present is compared, whatever the kind of case. */
export interface CaseExpectation {
  readonly status?: number
  readonly error?: string
  readonly token_type?: string
  readonly expires_in?: number
  readonly id_token?: boolean
  readonly refresh_token?: boolean
  readonly access_token?: {
    readonly aud?: string | readonly string[] | null
    readonly scope?: readonly string[]
    readonly alg?: string
    readonly claimNames?: readonly string[]
  }
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
  readonly [member: string]: unknown
}

export const cases = JSON.parse(
  readFileSync(new URL('../data/resource-cases.json', import.meta.url), 'utf8'),
) as readonly ResourceCase[]
