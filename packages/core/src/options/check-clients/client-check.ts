import type { ConfigurationProblem, SigningAlgorithm } from '@bailiwick/protocol'
import type { Client } from '../../stores/client.js'

/** What the entries of a client may refer to. */
export interface KnownNames {
  readonly scopes: ReadonlySet<string>
  readonly apiResources: ReadonlySet<string>
  readonly grantTypes: ReadonlySet<string>
  /** Those the server has keys for. */
  readonly algorithms: readonly SigningAlgorithm[]
}

/** Finds what one rule says is wrong with a client. The path is that of the client: `clients[0]`. */
export type ClientCheck = (
  client: Client,
  path: string,
  known: KnownNames,
) => readonly ConfigurationProblem[]
