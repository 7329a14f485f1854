import type { AuthorizationServer, Explanation } from '@bailiwick/core'

/** What a table says of a token. */
export interface ExplainedExample {
  readonly aud: unknown
  readonly scope: unknown
  readonly alg: unknown
  readonly error: string | undefined
  /** What is missing, and what would give it. */
  readonly hints: readonly string[]
}

const exampleOf = ({ accessToken, error, suggestions }: Explanation): ExplainedExample => ({
  aud: accessToken?.claims['aud'],
  scope: accessToken?.claims['scope'],
  alg: accessToken?.header?.['alg'],
  error: error?.error,
  hints: suggestions.map(({ because, change }) => `${because} ${change}`),
})

/** Explains what a client gets that acts on its own behalf. */
export async function explainExample(
  server: Pick<AuthorizationServer, 'explain'>,
  clientId: string,
  form: string,
): Promise<ExplainedExample> {
  const parameters = new URLSearchParams(form)
  const scope = parameters.get('scope')
  const resources = parameters.getAll('resource')
  return exampleOf(
    await server.explain({
      clientId,
      ...(scope !== null && { scope }),
      ...(resources.length > 0 && { resources }),
    }),
  )
}

const code = (value: unknown): string => `\`${String(value)}\``

/** The cells of an example: audience, scope and algorithm, or the error. */
export function cellsOf({ aud, scope, alg, error }: ExplainedExample): readonly string[] {
  if (error !== undefined) return [code(error), '', '']
  return [
    aud === undefined ? 'absent' : code(JSON.stringify(aud)),
    code(JSON.stringify(scope)),
    code(alg),
  ]
}
