import type { Request, Response } from 'express'
import { refusalOf } from './relying-party.js'
import type { RelyingParty } from './relying-party.js'
import type { ApiAnswer, Visit, Visits } from './visits.js'

/** An API that the application calls. */
export interface CalledApi {
  readonly name: string
  readonly url: string
}

/** What a step works with. */
interface StepContext {
  readonly relyingParty: RelyingParty
  readonly visits: Visits
  /** Of this application. */
  readonly origin: string
  readonly apis: readonly CalledApi[]
}

/** Something that a click leads to. It gives the URL to send the browser to next. */
export type Step = (request: Request, response: Response, context: StepContext) => Promise<string>

const home = '/'
const nothing: Visit = { apiTokens: {}, answers: [] }

/** Sends the browser to the identity server. */
export const beginSignIn: Step = async (request, response, { relyingParty, visits }) => {
  const { url, pending } = await relyingParty.begin()
  visits.write(request, response, { ...nothing, pending })
  return url.href
}

/** Takes what the identity server has sent the browser back with. */
export const finishSignIn: Step = async (request, response, { relyingParty, visits, origin }) => {
  const { pending } = visits.read(request)
  if (pending === undefined) return home
  try {
    const tokens = await relyingParty.finish(new URL(request.originalUrl, origin), pending)
    visits.write(request, response, { ...nothing, tokens })
  } catch (error) {
    visits.write(request, response, { ...nothing, refusal: refusalOf(error) })
  }
  return home
}

const resourceOf = ({ body }: Request): string => {
  const form: unknown = body
  return typeof form === 'object' && form !== null ? String(Reflect.get(form, 'resource')) : ''
}

/** Gets a token for the API that the form names. */
export const getToken: Step = async (request, response, { relyingParty, visits }) => {
  const { refusal: _, ...visit } = visits.read(request)
  if (visit.tokens === undefined) return home
  const resource = resourceOf(request)
  const token = await relyingParty.tokenFor(resource, visit.tokens.refreshToken)
  const got =
    typeof token === 'string'
      ? { apiTokens: { ...visit.apiTokens, [resource]: token } }
      : { refusal: token }
  visits.write(request, response, { ...visit, ...got })
  return home
}

async function call(
  { name, url }: CalledApi,
  [resource, token]: readonly [string, string],
): Promise<ApiAnswer> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  const body = await response.text()
  const answer = response.headers.get('www-authenticate') ?? body
  return { api: name, token: resource, status: response.status, answer }
}

/** Calls every API with every token. */
export const callApis: Step = async (request, response, { visits, apis }) => {
  const { refusal: _, ...visit } = visits.read(request)
  const tokens = Object.entries(visit.apiTokens)
  const answers = await Promise.all(tokens.flatMap((token) => apis.map((api) => call(api, token))))
  visits.write(request, response, { ...visit, answers })
  return home
}

/** Forgets everything, and sends the browser to the identity server to do the same. */
export const signOut: Step = async (request, response, { relyingParty, visits }) => {
  const { tokens } = visits.read(request)
  if (tokens === undefined) return home
  visits.write(request, response, nothing)
  return (await relyingParty.signOutUrl(tokens.idToken)).href
}
