import type { ServerContext } from '../context.js'
import { urlBelow } from '../issuer-url.js'
import type { TokenResources } from './narrow-resources.js'

/** The names in the `aud` of an access token (RFC 9068 section 3). */
export function audienceOf(
  { apiResources }: TokenResources,
  { issuer, emitStaticAudienceClaim }: Pick<ServerContext, 'issuer' | 'emitStaticAudienceClaim'>,
): readonly string[] {
  const names = apiResources.map(({ name }) => name)
  return emitStaticAudienceClaim ? [...names, urlBelow(issuer, '/resources')] : names
}

/** Writes an audience as RFC 7519 section 4.1.3 has it: one value alone, several as a list, none not at all. */
export function audienceClaim(audience: readonly string[]): {
  readonly aud?: string | readonly string[]
} {
  const [first, ...others] = audience
  if (first === undefined) return {}
  return { aud: others.length === 0 ? first : audience }
}
