import type { HttpRequest } from '@bailiwick/protocol'

/** Keeps other sites from submitting the forms of your pages: a token that only the page's own browser can get. */
export interface CsrfTokens {
  /**
   * Makes the token of a form.
   *
   * @param purpose what the form is about, e.g. the id of the interaction; a token is good for nothing else.
   * @returns `undefined` when the browser sends no cookie.
   */
  readonly create: (request: Pick<HttpRequest, 'headers'>, purpose: string) => string | undefined
  /** Tells whether a submitted token was made for this browser and purpose. */
  readonly isValid: (
    request: Pick<HttpRequest, 'headers'>,
    purpose: string,
    token: string | undefined,
  ) => boolean
}
