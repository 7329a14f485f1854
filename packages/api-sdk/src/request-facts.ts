import type { HttpRequest } from '@bailiwick/protocol'
import { isRecord } from './is-record.js'

/** What a router has read from the path of a request, by name. */
export type RouteParameters = Readonly<Record<string, string | readonly string[] | undefined>>

/** The parameters of a form, by name. */
export type FormParameters = Readonly<Record<string, unknown>>

/**
 * What has to be known about a request. Several `authorization` or `dpop` fields are a list; any {@link HttpRequest}
 * fits. `url` is the path and query that the client asked for, also where a router is mounted below a path.
 */
export interface RequestFacts extends Pick<HttpRequest, 'method' | 'url' | 'headers'> {
  /** Undefined where nobody has read any, e.g. on runtimes without a router. */
  readonly params?: RouteParameters | undefined
  /**
   * The form in its body, for APIs that accept tokens there. Only asked for when the request says that there is one;
   * undefined where nobody has read it.
   */
  readonly form?: () => FormParameters | undefined | Promise<FormParameters | undefined>
  /** The certificate with which the client opened the TLS connection, in DER. Undefined when it has shown none. */
  readonly clientCertificate?: () => Uint8Array | undefined
  /** The address that the connection comes from: of the proxy, where there is one. */
  readonly peerAddress?: () => string | undefined
  /**
   * The request itself. Its DPoP proof is used up once, also when several guards look at it.
   *
   * @defaultValue none: each look uses up a proof
   */
  readonly source?: object
}

const isParameter = (value: unknown): value is RouteParameters[string] =>
  value === undefined ||
  typeof value === 'string' ||
  (Array.isArray(value) && value.every((part) => typeof part === 'string'))

function areParameters(value: unknown): value is RouteParameters {
  if (!isRecord(value)) return false
  for (const name in value) if (!isParameter(value[name])) return false
  return true
}

/**
 * Reads what the router of a framework has left at a request or context. The adapters do not declare it, so that the
 * names of parameters are still inferred from the paths of routes.
 */
export function readRouteParameters(routed: object): RouteParameters | undefined {
  return 'params' in routed && areParameters(routed.params) ? routed.params : undefined
}

/** Reads the form that a parser of a framework has left at a request. */
export function readParsedForm(parsed: object): FormParameters | undefined {
  return 'body' in parsed && isRecord(parsed.body) ? parsed.body : undefined
}
