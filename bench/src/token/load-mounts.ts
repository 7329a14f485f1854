import type { Mounts } from './mounts.js'
import type { Framework } from './token-contender.js'

// Modules are imported as they are needed, so that no contender's memory is used up by another one's code.

const mountsOn = {
  'node:http': async () => (await import('./mounts-on-node.js')).mountsOnNode,
  Koa: async () => (await import('./mounts-on-koa.js')).mountsOnKoa,
  Express: async () => (await import('./mounts-on-express.js')).mountsOnExpress,
} as const satisfies Record<Framework, () => Promise<Mounts>>

/** Loads how contenders are mounted on a framework. */
export const loadMounts = (framework: Framework): Promise<Mounts> => mountsOn[framework]()
