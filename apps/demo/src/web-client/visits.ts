import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import type { PendingSignIn, Refusal, Tokens } from './relying-party.js'

/** What one API answered to one token. */
export interface ApiAnswer {
  readonly api: string
  /** The resource that the token is for. */
  readonly token: string
  readonly status: number
  /** The body, or the challenge of a refusal. */
  readonly answer: string
}

/** What the application knows of one browser. */
export interface Visit {
  readonly pending?: PendingSignIn
  readonly tokens?: Tokens
  /** Access tokens by the resource that they are for. */
  readonly apiTokens: Readonly<Record<string, string>>
  readonly answers: readonly ApiAnswer[]
  readonly refusal?: Refusal
}

/** Keeps visits in this process. */
export interface Visits {
  readonly read: (request: Request) => Visit
  readonly write: (request: Request, response: Response, visit: Visit) => void
}

const cookieName = 'tour'
const nothing: Visit = { apiTokens: {}, answers: [] }
const mostVisits = 1000

const idOf = ({ headers }: Request): string | undefined =>
  new RegExp(`(?:^|; )${cookieName}=([\\w-]+)`).exec(headers.cookie ?? '')?.[1]

/** Makes a place for visits, which are known by a cookie. */
export function createVisits(): Visits {
  const visitById = new Map<string, Visit>()
  return {
    read: (request) => visitById.get(idOf(request) ?? '') ?? nothing,
    write(request, response, visit) {
      const known = idOf(request)
      const id =
        known !== undefined && visitById.has(known) ? known : randomBytes(32).toString('base64url')
      const [oldest] = visitById.keys()
      if (oldest !== undefined && visitById.size >= mostVisits) visitById.delete(oldest)
      visitById.set(id, visit)
      response.cookie(cookieName, id, { httpOnly: true, sameSite: 'lax' })
    },
  }
}
