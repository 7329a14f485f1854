/** A cookie that holds the access token. */
export interface CookieSourceOptions {
  /** Its name, best with the prefix `__Host-`. */
  readonly name: string
  /**
   * A header field that your own pages send and no form of another site can, e.g. `x-requested-with`. With it the cookie
   * also counts for requests of browsers that do not say where a request comes from (`Sec-Fetch-Site`).
   *
   * @defaultValue none: without `Sec-Fetch-Site` the cookie does not count
   */
  readonly customHeader?: string
}

/**
 * Where the access token of a request may be. Everything but the header is a risk that you take: query parameters end up
 * in logs and in the `Referer` of other sites, and cookies are sent by whatever page makes a browser send a request.
 */
export interface SourceOptions {
  /**
   * The `Authorization` header (RFC 6750 section 2.1).
   *
   * @defaultValue `true`
   */
  readonly header?: boolean
  /**
   * The query parameter `access_token` of GET requests (RFC 6750 section 2.3). Their responses are not to be stored.
   *
   * @defaultValue `false`
   */
  readonly query?: boolean
  /**
   * The parameter `access_token` of a form, but not of a GET request (RFC 6750 section 2.2). On Express and Koa a parser
   * has to read the form before the guard.
   *
   * @defaultValue `false`
   */
  readonly body?: boolean
  /**
   * A cookie. It only counts for what the pages of this very origin, or the user, have the browser send
   * (`Sec-Fetch-Site` is `same-origin` or `none`).
   *
   * @defaultValue none
   */
  readonly cookie?: CookieSourceOptions
}

/** Sources with every default applied. */
export interface TokenSources {
  readonly header: boolean
  readonly query: boolean
  readonly body: boolean
  readonly cookie: CookieSourceOptions | undefined
}

/** Applies the defaults. */
export function completeSources({
  header = true,
  query = false,
  body = false,
  cookie,
}: SourceOptions = {}): TokenSources {
  return { header, query, body, cookie }
}

/** The methods as metadata name them (RFC 9728 section 2): they have no name for cookies. */
export function bearerMethodsOf({ header, body, query }: TokenSources): readonly string[] {
  return [...(header ? ['header'] : []), ...(body ? ['body'] : []), ...(query ? ['query'] : [])]
}
