/** An HTTP request as plain data: what every adapter produces and every endpoint consumes. */
export interface HttpRequest {
  readonly method: string
  /** Path and query below the mount point, e.g. `/token?x=1`. */
  readonly url: string
  /** Header fields with lower-case names, exactly as Node.js provides them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** Reads the body once, as UTF-8 text of at most {@link bodyLimit} bytes. */
  readonly body: () => Promise<string>
  /** The address of the peer, or of the client where the framework trusts a proxy to tell it. */
  readonly remoteAddress?: string
}

/** An HTTP response as plain data: what every endpoint produces and every adapter writes. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string
}

/** Handles a request, or returns `undefined` when no endpoint matches it. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse | undefined>
