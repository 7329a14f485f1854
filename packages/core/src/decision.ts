import type { SigningAlgorithm } from '@bailiwick/protocol'
import type { Compatibility } from './compatibility.js'

/** What can tell something about the user: a token, or the userinfo endpoint. */
export type ClaimTarget = 'access_token' | 'id_token' | 'userinfo'

/** What in the configuration asks for a claim. */
export interface ClaimSource {
  readonly kind: 'api_resource' | 'api_scope' | 'identity_resource' | 'client' | 'claims_parameter'
  /** Of the resource or client; of the claim where it was asked for by itself. */
  readonly name: string
}

/** The request named no scope, so the client gets what it may have, or what its `defaultScopes` say. */
export interface ScopesAssumed {
  readonly type: 'scopes_assumed'
  readonly scopes: readonly string[]
  readonly reason: 'allowed_scopes' | 'default_scopes'
}

/** A scope of the request is granted. */
export interface ScopeGranted {
  readonly type: 'scope_granted'
  readonly scope: string
}

/** A scope of the request cannot be had, and so nothing of the request can. */
export interface ScopeRefused {
  readonly type: 'scope_refused'
  readonly scope: string
  /** `not_granted`: a refresh asks for it, and it was not granted before. */
  readonly reason: 'unknown' | 'not_allowed' | 'needs_user' | 'malformed' | 'not_granted'
}

/** A scope is granted and still not in this access token. */
export interface ScopeDropped {
  readonly type: 'scope_dropped'
  readonly scope: string
  /**
   * - `not_listed`: the resource to which the token is narrowed does not list it
   * - `withdrawn`: it was granted once, and cannot be had any more
   * - `denied`: the user does not allow it
   * - `not_asked`: the refresh asks for others
   */
  readonly reason: 'not_listed' | 'withdrawn' | 'denied' | 'not_asked'
  /** To which the token is narrowed. */
  readonly resource?: string
}

/** A scope leads to an API resource. */
export interface ApiIncluded {
  readonly type: 'api_included'
  readonly api: string
  readonly scope: string
  readonly reason: 'named' | 'listed'
}

/** A scope would lead to an API resource, which is left out. */
export interface ApiLeftOut {
  readonly type: 'api_left_out'
  readonly api: string
  readonly scope?: string
  /**
   * - `isolated`: it has to be named with `resource`
   * - `not_named`: others are named
   * - `not_allowed`: the client may not have tokens for it
   * - `in_company`: it is isolated, and this token is for several
   * - `not_this_token`: it was authorized, and this token is narrowed to another
   */
  readonly reason: 'isolated' | 'not_named' | 'not_allowed' | 'in_company' | 'not_this_token'
}

/** A resource is named that this request cannot have a token for, and so it has none. */
export interface ResourceRefused {
  readonly type: 'resource_refused'
  readonly resource: string
  /**
   * - `no_scope`: no scope of the request leads to it
   * - `not_authorized`: the authorization request named others
   * - `malformed`: it is no absolute URI
   */
  readonly reason: 'no_scope' | 'not_authorized' | 'malformed'
}

/** Several resources were authorized, all of them isolated, and the token request names none. */
export interface ResourceNeeded {
  readonly type: 'resource_needed'
  readonly resources: readonly string[]
}

/** The access token is for one of the resources that were authorized. */
export interface TokenNarrowed {
  readonly type: 'token_narrowed'
  readonly resource: string
  /** `requested`: the token request names it; `only_one`: no other was authorized. */
  readonly reason: 'requested' | 'only_one'
}

/** For whom the access token is. */
export interface AudienceDecided {
  readonly type: 'audience_decided'
  readonly audience: readonly string[]
  /** Whether the last is there because of `emitStaticAudienceClaim`, and not because of a scope. */
  readonly hasStaticAudience: boolean
}

/** The APIs of a token that mind what it is signed with, and what they take. */
export type AlgorithmVotes = readonly {
  readonly api: string
  readonly algorithms: readonly SigningAlgorithm[]
}[]

/** With what the access token is signed. */
export interface AlgorithmSelected {
  readonly type: 'algorithm_selected'
  readonly algorithm: SigningAlgorithm
  readonly votes: AlgorithmVotes
}

/** There is no algorithm that all the APIs of the token take, and so no token. */
export interface AlgorithmsDisagree {
  readonly type: 'algorithms_disagree'
  readonly votes: AlgorithmVotes
}

/** A claim is given. */
export interface ClaimIncluded {
  readonly type: 'claim_included'
  readonly target: ClaimTarget
  readonly claim: string
  readonly sources: readonly ClaimSource[]
}

/** A claim is asked for and not given. */
export interface ClaimLeftOut {
  readonly type: 'claim_left_out'
  readonly target: ClaimTarget
  readonly claim: string
  readonly sources: readonly ClaimSource[]
  /**
   * - `no_value`: nobody knows its value
   * - `no_user`: the client acts on its own behalf
   * - `unwanted_value`: the client asked for another value
   * - `about_user`: it is one of the client, and the token is about a user
   * - `in_userinfo`: the userinfo endpoint has it
   * - `of_protocol`: only the server itself says what it is
   * - `not_open`: the client asked for it by itself, and none of its scopes holds it
   */
  readonly reason:
    | 'no_value'
    | 'no_user'
    | 'about_user'
    | 'unwanted_value'
    | 'in_userinfo'
    | 'of_protocol'
    | 'not_open'
}

/** For how long a token lives. */
export interface LifetimeDecided {
  readonly type: 'lifetime_decided'
  readonly token: 'access_token' | 'id_token' | 'refresh_token'
  readonly seconds: number
}

/** A token is not issued. */
export interface TokenLeftOut {
  readonly type: 'token_left_out'
  readonly token: 'id_token' | 'refresh_token'
  readonly reason: 'no_user' | 'no_openid' | 'no_offline_access'
}

/** Whether the user is asked. */
export interface ConsentDecided {
  readonly type: 'consent_decided'
  readonly isRequired: boolean
}

/** With another `compatibility` this would have come out otherwise. */
export interface CompatibilityApplied {
  readonly type: 'compatibility_applied'
  readonly difference: keyof Compatibility
}

/** One decision on the way to a token, as the function that made it reports it. */
export type Decision =
  | ScopesAssumed
  | ScopeGranted
  | ScopeRefused
  | ScopeDropped
  | ApiIncluded
  | ApiLeftOut
  | ResourceRefused
  | ResourceNeeded
  | TokenNarrowed
  | AudienceDecided
  | AlgorithmSelected
  | AlgorithmsDisagree
  | ClaimIncluded
  | ClaimLeftOut
  | LifetimeDecided
  | TokenLeftOut
  | ConsentDecided
  | CompatibilityApplied

/** Is told of each decision. */
export type Report = (decision: Decision) => void
