import type { RequestListener } from 'node:http'
import type { Guard, GuardContender } from './guard-contender.js'

type CreateListener = (contender: GuardContender) => Promise<RequestListener>

type Guards = Readonly<Partial<Record<Guard, () => Promise<CreateListener>>>>

// Modules are imported as they are needed, so that no contender's memory is used up by another one's code.

const guardsOn = {
  Express: {
    bailiwick: async () => (await import('./bailiwick-on-express.js')).bailiwickOnExpress,
    jose: async () => (await import('./bare-on-express.js')).bareOnExpress,
    'express-oauth2-jwt-bearer': async () =>
      (await import('./jwt-bearer-on-express.js')).jwtBearerOnExpress,
  },
  Koa: {
    bailiwick: async () => (await import('./bailiwick-on-koa.js')).bailiwickOnKoa,
    jose: async () => (await import('./bare-on-koa.js')).bareOnKoa,
  },
} as const satisfies Record<GuardContender['framework'], Guards>

/** Sets an API with a guarded route up, ready to be served. */
export async function createGuardListener(contender: GuardContender): Promise<RequestListener> {
  const { framework, guard } = contender
  const guards: Guards = guardsOn[framework]
  const createListener = await guards[guard]?.()
  if (createListener === undefined) throw new TypeError(`${guard} is not for ${framework}`)
  return createListener(contender)
}
