import type { Auth, Needs, ResourceServer } from '../../src/index.js'
import type { World } from './world.js'

export type HeaderFields = readonly (readonly [string, string])[]

interface TestRequest {
  readonly method?: string
  readonly path?: string
  /** Each pair is one header field, so that there can be two of the same name. */
  readonly headers?: HeaderFields
  readonly body?: string
}

export interface TestResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The challenges, one for each header field where that can be told. */
  readonly challenges: readonly string[]
  readonly body: string
}

interface Caller {
  readonly auth: () => Auth
  readonly maybeAuth: () => Auth | undefined
}

export interface Route {
  /** Undefined: the route has no guard. */
  readonly guard?: { readonly needs?: Needs; readonly optional?: boolean }
  readonly answer: (caller: Caller) => unknown
}

export interface GuardedApp {
  readonly send: (request: TestRequest) => Promise<TestResponse>
  readonly close: () => Promise<void>
}

/** Serves the metadata document and routes, behind a parser of forms and JSON where the framework leaves that to one, each for every method, and none behind a guard it does not name. */
export type ServeRoutes = (
  api: ResourceServer,
  routes: Readonly<Record<string, Route>>,
) => Promise<GuardedApp>

/** A running application, and the world its API lives in. */
export interface GuardedWorld {
  readonly world: World
  readonly send: GuardedApp['send']
}
