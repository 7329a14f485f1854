import { OAuthError } from '@bailiwick/protocol'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import type { ServerContext } from '../context.js'
import type { ClaimTarget } from '../decision.js'
import type { EndpointOptions } from '../endpoints/index.js'
import { createMemoryStore } from '../memory/create-memory-store.js'
import type { RegisteredClient } from '../stores/client-store.js'
import { handleId } from '../tokens/handle.js'
import { referenceTokens } from '../tokens/reference-token.js'
import { describeDecision } from './describe/describe-decision.js'
import type { DescriptionContext } from './describe/description.js'
import type { ExplainRequest } from './explain-request.js'
import type { ExplainedDecision, ExplainedToken, Explanation } from './explanation.js'
import type { Locator } from './locator.js'
import { explainProtocolClaims } from './protocol-claims.js'
import { suggest } from './suggest/suggest.js'
import { createTrace } from './trace.js'
import type { Trace } from './trace.js'
import { whyNot } from './why-not/why-not.js'
import { grantTypeOf, walkToTokens, walkToUserinfo } from './walk.js'
import type { Walk } from './walk.js'

/** What an explanation is made with. */
export interface Explainer {
  readonly context: ServerContext
  readonly grants: EndpointOptions['grants']
  readonly locator: Locator
}

/** The tokens that a request gets. */
type Tokens = Pick<Explanation, 'accessToken' | 'idToken' | 'userinfo' | 'error'>

async function readToken(token: string, context: ServerContext): Promise<ExplainedToken> {
  const reference = await referenceTokens(context).find(handleId(token))
  return reference === undefined
    ? { header: { ...decodeProtectedHeader(token) }, claims: { ...decodeJwt(token) } }
    : { claims: reference.data.claims }
}

async function walk(way: Walk): Promise<Tokens> {
  const response = await walkToTokens(way)
  const { id_token: idToken } = response
  const userinfo = await walkToUserinfo(response, way)
  return {
    accessToken: await readToken(response.access_token, way.context),
    ...(idToken !== undefined && { idToken: await readToken(idToken, way.context) }),
    ...(userinfo !== undefined && { userinfo }),
  }
}

async function findClient(
  { clientId }: ExplainRequest,
  { clients }: ServerContext,
): Promise<RegisteredClient> {
  const client = await clients.find(clientId)
  if (client !== undefined) return client
  throw new OAuthError('invalid_client', {
    description: `the client '${clientId}' is unknown or disabled`,
  })
}

/** Nothing of it remains: it has a store of its own, and nobody is told. */
const scratch = (context: ServerContext, { report }: Trace): ServerContext => ({
  ...context,
  store: createMemoryStore({ now: context.now }),
  emit: () => undefined,
  report,
})

async function attempt(
  request: ExplainRequest,
  { context, grants }: Explainer,
  trace: Trace,
): Promise<Tokens> {
  try {
    const client = await findClient(request, context)
    return await walk({ request, client, grants, context: scratch(context, trace), trace })
  } catch (error) {
    return { error: trace.failure(error) }
  }
}

const targets: readonly ClaimTarget[] = ['access_token', 'id_token', 'userinfo']

const claimsOf = (
  target: ClaimTarget,
  { accessToken, idToken, userinfo }: Tokens,
): ExplainedToken['claims'] =>
  ({ access_token: accessToken?.claims, id_token: idToken?.claims, userinfo })[target] ?? {}

/** What is decided again in the same way is told once. */
function describeAll(trace: Trace, context: DescriptionContext): readonly ExplainedDecision[] {
  const told = new Set<string>()
  return trace.decisions().flatMap(({ phase, decision }) => {
    const key = JSON.stringify(decision)
    if (told.has(key)) return []
    told.add(key)
    return { ...decision, ...describeDecision(decision, context), phase }
  })
}

/** A claim that only the server sets is there all the same, where it sets it. */
const isToldOtherwise = (decision: ExplainedDecision, tokens: Tokens): boolean =>
  decision.type === 'claim_left_out' &&
  decision.reason === 'of_protocol' &&
  Object.hasOwn(claimsOf(decision.target, tokens), decision.claim)

const phaseOf = (request: ExplainRequest): 'token' | 'refresh' =>
  request.refresh === undefined ? 'token' : 'refresh'

function protocolClaims(
  tokens: Tokens,
  decisions: readonly ExplainedDecision[],
  context: DescriptionContext & { readonly phase: 'token' | 'refresh' },
): readonly ExplainedDecision[] {
  return targets.flatMap((target) => {
    const claims = claimsOf(target, tokens)
    const explained = new Set(
      decisions.flatMap((decision) =>
        decision.type === 'claim_included' && decision.target === target ? [decision.claim] : [],
      ),
    )
    const phase = target === 'userinfo' ? 'userinfo' : context.phase
    return explainProtocolClaims(claims, { target, explained }, context).map((claim) => ({
      ...claim,
      phase,
    }))
  })
}

/**
 * Explains which tokens a request gets, and why: it goes the way of the request through the functions that issue tokens,
 * with a store of its own, and writes down what they decide. Nothing is stored, sent or logged.
 */
export async function explain(request: ExplainRequest, explainer: Explainer): Promise<Explanation> {
  const trace = createTrace()
  const tokens = await attempt(request, explainer, trace)
  const { clientId } = request
  const context = { clientId, locator: explainer.locator }
  const made = describeAll(trace, context).filter((decision) => !isToldOtherwise(decision, tokens))
  const phase = phaseOf(request)
  const decisions = [...made, ...protocolClaims(tokens, made, { ...context, phase })]
  const explanation = {
    request: { ...request, grantType: grantTypeOf(request) },
    ...tokens,
    decisions,
    suggestions: suggest({ ...tokens, decisions }, context),
  }
  const { whyNot: questions = [] } = request
  return {
    ...explanation,
    answers: questions.flatMap((name) => whyNot(name, explanation, context)),
  }
}
