import type { HttpResponse } from '@bailiwick/protocol'

/** The parameters of an authorization response, in the order in which they are written. */
export type ResponseParameters = readonly (readonly [name: string, value: string])[]

/** One way to hand an authorization response to the client by way of the browser. */
export interface ResponseMode {
  /** The value of `response_mode`. */
  readonly name: string
  readonly respond: (redirectUri: string, parameters: ResponseParameters) => HttpResponse
}
