import type { RequestListener } from 'node:http'
import type { Guard, GuardContender } from './guard-contender.js'

type CreateListener = (contender: GuardContender) => Promise<RequestListener>

type Load = () => Promise<CreateListener>

/** What stands before the route of a framework: Bailiwick, or the route itself. */
interface Frame {
  readonly bailiwick: Load
  readonly bare: Load
}

// Modules are imported as they are needed, so that no contender's memory is used up by another one's code.

const frames = {
  Express: {
    bailiwick: async () => (await import('./bailiwick-on-express.js')).bailiwickOnExpress,
    bare: async () => (await import('./bare-on-express.js')).bareOnExpress,
  },
  Koa: {
    bailiwick: async () => (await import('./bailiwick-on-koa.js')).bailiwickOnKoa,
    bare: async () => (await import('./bare-on-koa.js')).bareOnKoa,
  },
  'node:http': {
    bailiwick: async () => (await import('./bailiwick-on-node.js')).bailiwickOnNode,
    bare: async () => (await import('./bare-on-node.js')).bareOnNode,
  },
} as const satisfies Record<GuardContender['framework'], Frame>

const guards = {
  bailiwick: 'bailiwick',
  'bailiwick-cached': 'bailiwick',
  jose: 'bare',
  'node-crypto': 'bare',
  unguarded: 'bare',
} as const satisfies Record<Exclude<Guard, 'express-oauth2-jwt-bearer'>, keyof Frame>

/** Sets an API with a route up, ready to be served. */
export async function createGuardListener(contender: GuardContender): Promise<RequestListener> {
  const { framework, guard } = contender
  if (guard !== 'express-oauth2-jwt-bearer') {
    const createListener = await frames[framework][guards[guard]]()
    return createListener(contender)
  }
  if (framework !== 'Express') throw new TypeError(`${guard} is not for ${framework}`)
  const { jwtBearerOnExpress } = await import('./jwt-bearer-on-express.js')
  return jwtBearerOnExpress(contender)
}
