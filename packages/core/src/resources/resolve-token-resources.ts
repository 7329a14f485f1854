import { OAuthError } from '@bailiwick/protocol'
import type { ServerContext } from '../context.js'
import { quoted } from '../http/quoted.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { reachableResources } from './available-scopes.js'
import { narrowResources } from './narrow-resources.js'
import type { TokenResources } from './narrow-resources.js'
import { validateResources } from './validate-resources.js'
import type { ValidatedResources } from './validate-resources.js'

/** What a token request asks for, and within which authorization. */
export interface TokenResourceRequest {
  readonly client: RegisteredClient
  /** The values of `scope` that are granted; `undefined` for everything the client may have. */
  readonly scopes: readonly string[] | undefined
  /**
   * The resources that were named when the user was asked; empty when none was. `undefined`: nobody was asked before,
   * and the token request itself is where resources are named.
   */
  readonly authorizedResources: readonly string[] | undefined
  /** The one `resource` of the token request. */
  readonly resource: string | undefined
  readonly hasUser: boolean
}

/** What is granted as a whole, and which part of it one access token is for. */
export interface ResolvedResources {
  readonly granted: ValidatedResources
  readonly token: TokenResources
}

/** Which resources take part, and which one of them the token is narrowed to. */
interface Target {
  readonly named: readonly string[]
  readonly narrowTo: string | undefined
}

const invalidTarget = (description: string): OAuthError =>
  new OAuthError('invalid_target', { description })

function checkMembership(
  resource: string,
  authorized: readonly string[],
  { report }: ServerContext,
): void {
  if (authorized.length === 0 || authorized.includes(resource)) return
  report?.({ type: 'resource_refused', resource, reason: 'not_authorized' })
  throw invalidTarget(
    `resource ${quoted(resource)} is not among those the authorization request named: ${quoted(...authorized)}`,
  )
}

/** A token for several resources at once, none of which is isolated (RFC 8707 section 2.2). */
function targetOfSeveral(
  reachable: readonly string[],
  { resources, report }: ServerContext,
): Target {
  const isolated = new Set(
    resources.apiResources
      .filter(({ requireResourceIndicator = false }) => requireResourceIndicator)
      .map(({ name }) => name),
  )
  const named = reachable.filter((name) => !isolated.has(name))
  if (named.length > 0) return { named, narrowTo: undefined }
  report?.({ type: 'resource_needed', resources: reachable })
  throw invalidTarget(`resource is missing: name one of ${quoted(...reachable)}`)
}

/** It counts how many were named, not how many are left: what is meant does not change to another resource. */
function targetWithoutResource(
  authorized: readonly string[],
  reachable: readonly string[],
  context: ServerContext,
): Target {
  const [only, ...others] = authorized
  if (only === undefined) return { named: [], narrowTo: undefined }
  return others.length === 0
    ? { named: [only], narrowTo: only }
    : targetOfSeveral(reachable, context)
}

/** Leaves out what was withdrawn. What was named never turns into "nothing was named", which would mean any. */
function stillReachable(
  authorized: readonly string[],
  { client, scopes = [] }: TokenResourceRequest,
  context: ServerContext,
): readonly string[] {
  const reachable = reachableResources(authorized, scopes, { client, context })
  if (authorized.length === 0 || reachable.length > 0) return reachable
  throw new OAuthError('invalid_grant', {
    description: `nothing is left of what was authorized for ${quoted(...authorized)}`,
  })
}

/** A code or refresh token is used without `resource`. */
function targetUnnamed(
  authorized: readonly string[],
  reachable: readonly string[],
  context: ServerContext,
): Target {
  if (!context.compatibility.widensWithoutResource) {
    return targetWithoutResource(authorized, reachable, context)
  }
  if (authorized.length > 0) {
    context.report?.({ type: 'compatibility_applied', difference: 'widensWithoutResource' })
  }
  return { named: reachable, narrowTo: undefined }
}

/** A code or refresh token is used with `resource`. */
function targetNamed(
  resource: string,
  authorized: readonly string[],
  { compatibility, report }: ServerContext,
): Target {
  if (!compatibility.passesUnknownResources || authorized.length > 0) {
    return { named: [resource], narrowTo: resource }
  }
  report?.({ type: 'compatibility_applied', difference: 'passesUnknownResources' })
  return { named: [], narrowTo: resource }
}

function targetOf(request: TokenResourceRequest, context: ServerContext): Target {
  const { authorizedResources, resource } = request
  const here = resource === undefined ? [] : [resource]
  if (authorizedResources === undefined) return { named: here, narrowTo: resource }

  if (resource !== undefined) checkMembership(resource, authorizedResources, context)
  const reachable = stillReachable(authorizedResources, request, context)
  return resource === undefined
    ? targetUnnamed(authorizedResources, reachable, context)
    : targetNamed(resource, authorizedResources, context)
}

/**
 * Decides what one access token is for, within what was authorized. It uses nothing up: a request with a wrong
 * `resource` can be repeated with the right one.
 *
 * @throws OAuthError `invalid_target` when the resource was not authorized, holds none of the granted scopes, or has
 * to be named and is not; `invalid_scope` when a scope cannot be had; `invalid_grant` when all that was authorized
 * was withdrawn since.
 */
export function resolveTokenResources(
  request: TokenResourceRequest,
  context: ServerContext,
): ResolvedResources {
  const { client, scopes, authorizedResources, hasUser } = request
  const { named, narrowTo } = targetOf(request, context)
  if (narrowTo !== undefined) {
    const reason = request.resource === undefined ? 'only_one' : 'requested'
    context.report?.({ type: 'token_narrowed', resource: narrowTo, reason })
  }
  const granted = validateResources(
    { client, scopes, resources: named, authorizedResources, hasUser },
    context,
  )
  return { granted, token: narrowResources(granted, narrowTo, context) }
}
