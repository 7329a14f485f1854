import type {
  AbuseCase,
  AbuseContext,
  AbuseName,
  AbuseRequest,
  ExpectedAnswer,
} from './abuse-case.js'
import type { DPoPKey, ProofOptions } from './dpop-key.js'

type ProofChanges = Partial<Pick<ProofOptions, 'url' | 'token' | 'claims' | 'header'>>

/** A client that has a token which is bound to its key, and is about to use it. */
export interface BoundClient {
  readonly context: AbuseContext
  readonly key: DPoPKey
  readonly token: string
  /** Where the API thinks that it is. */
  readonly publicUrl: string
  /** Makes a proof for the request: valid, except for what is changed. */
  readonly proof: (changes?: ProofChanges) => Promise<string>
}

/** What a client sends. The proof is left out where there is none. */
export interface Presentation {
  /** @defaultValue `DPoP` and the token */
  readonly authorization?: string
  readonly proofs: readonly string[]
  readonly headers?: AbuseRequest['headers']
}

function publicUrlOf({ issuer, url, publicUrl }: AbuseContext): string {
  if (publicUrl !== undefined || !/^https?:/i.test(issuer.audience)) return publicUrl ?? url
  const { pathname, search } = new URL(url)
  return `${new URL(issuer.audience).origin}${pathname}${search}`
}

/** Makes a client. */
export async function createBoundClient(context: AbuseContext): Promise<BoundClient> {
  const { issuer, scope, method = 'GET' } = context
  const key = await issuer.dpopKey()
  const token = await issuer.token({ scope }, { bind: key })
  const publicUrl = publicUrlOf(context)
  const proof: BoundClient['proof'] = (changes) =>
    key.proof({ method, url: publicUrl, token, ...changes })
  return { context, key, token, publicUrl, proof }
}

/** A case that is in how a bound token is used. */
export function dpopCase(
  [id, title]: AbuseName,
  expected: ExpectedAnswer,
  present: (client: BoundClient) => Presentation | Promise<Presentation>,
): AbuseCase {
  return {
    id,
    title,
    expected,
    request: async (context) => {
      const client = await createBoundClient(context)
      const { authorization = `DPoP ${client.token}`, proofs, headers = [] } = await present(client)
      return {
        method: context.method ?? 'GET',
        url: context.url,
        headers: [
          ['authorization', authorization],
          ...proofs.map((proof): [string, string] => ['dpop', proof]),
          ...headers,
        ],
      }
    },
  }
}

/** A case that is in the proof. */
export function proofCase(
  name: AbuseName,
  expected: ExpectedAnswer,
  make: (client: BoundClient) => Promise<string>,
): AbuseCase {
  return dpopCase(name, expected, async (client) => ({ proofs: [await make(client)] }))
}
