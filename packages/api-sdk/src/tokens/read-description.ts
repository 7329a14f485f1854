import type { Claims } from './decode-token.js'

/** What a token may tell beyond what is checked: a claim of another type than the RFCs say tells nothing. */
export interface TokenDescription {
  readonly tenant: string | undefined
  readonly actor: Claims | undefined
  readonly acr: string | undefined
  readonly amr: readonly string[]
  readonly authTime: number | undefined
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const isTime = (value: unknown): value is number => typeof value === 'number' && value > 0

const isActor = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const none: readonly string[] = Object.freeze([])

/** Reads what the requirements of an API may ask about besides scopes. */
export function readDescription(claims: Claims): TokenDescription {
  const { tenant_id: tenant, act, acr, amr, auth_time: authTime } = claims
  return {
    tenant: isText(tenant) ? tenant : undefined,
    actor: isActor(act) ? act : undefined,
    acr: isText(acr) ? acr : undefined,
    amr: Array.isArray(amr) && amr.every(isText) ? amr : none,
    authTime: isTime(authTime) ? authTime : undefined,
  }
}
