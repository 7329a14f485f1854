import { ConfigurationError } from '@bailiwick/protocol'
import type { IssuerOptions, NonEmpty } from '../options/resource-server-options.js'
import { listOf, text } from '../options/checks.js'
import { idTokenClaims, rfc9068 } from '../tokens/token-shape.js'
import { readOptions } from './read-options.js'
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

const clients = listOf(text)

/**
 * Trusts a user pool of Amazon Cognito: the header of its tokens has no `typ`, `token_use` tells what they are, and they
 * have no `aud` unless a client asked for a resource, so that the clients are checked. Groups are roles. The scopes of a
 * resource server are `<its identifier>/<scope>`.
 *
 * @throws ConfigurationError when the region, the user pool or one of the clients is none.
 */
export function cognito(options: CognitoOptions): IssuerOptions {
  const needed = 'region, userPoolId and clientIds'
  const { region, userPoolId, clientIds } = readOptions('cognito', options, needed)
  const host = `cognito-idp.${readSegment('cognito.region', region)}.amazonaws.com`
  const problems = clients(clientIds, 'cognito.clientIds')
  if (problems.length > 0) throw new ConfigurationError(problems)
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
