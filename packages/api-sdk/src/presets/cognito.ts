import type { IssuerOptions, NonEmpty } from '../options/resource-server-options.js'
import { idTokenClaims, rfc9068 } from '../tokens/token-shape.js'
import { readSegment } from './read-segment.js'

/** Which user pool of Amazon Cognito issues tokens, and for whom. */
export interface CognitoOptions {
  /** `eu-central-1` */
  readonly region: string
  /** `eu-central-1_a1B2c3D4e` */
  readonly userPoolId: string
  /** The app clients whose tokens are for this API: most tokens have no `aud` that says it. */
  readonly clientIds: NonEmpty<string>
}

/**
 * Trusts a user pool of Amazon Cognito: the header of its tokens has no `typ`, `token_use` tells what they are, and they
 * have no `aud` unless a client asked for a resource, so that the clients are checked. Groups are roles. The scopes of a
 * resource server are `<its identifier>/<scope>`.
 *
 * @throws ConfigurationError when the region or the user pool is none.
 */
export function cognito({ region, userPoolId, clientIds }: CognitoOptions): IssuerOptions {
  const host = `cognito-idp.${readSegment('cognito.region', region)}.amazonaws.com`
  return {
    issuer: `https://${host}/${readSegment('cognito.userPoolId', userPoolId)}`,
    clients: clientIds,
    tokenShape: {
      ...rfc9068,
      typ: [undefined],
      mayLack: ['aud'],
      forbidden: idTokenClaims,
      expected: { token_use: ['access'] },
      roles: ['cognito:groups'],
    },
  }
}
