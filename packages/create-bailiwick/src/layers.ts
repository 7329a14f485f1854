import type { Choices } from './choices.js'

/** A part of a project: the files in a folder of `template/`, and the packages that they use. */
export interface Layer {
  readonly folder: string
  readonly dependencies: readonly string[]
  readonly devDependencies: readonly string[]
}

type LayerPackages = Omit<Layer, 'folder'>

const nothing: LayerPackages = { dependencies: [], devDependencies: [] }

const packagesByFolder: Readonly<Record<string, LayerPackages>> = {
  common: {
    dependencies: [
      '@bailiwick/api-sdk',
      '@bailiwick/core',
      '@bailiwick/protocol',
      '@bailiwick/store-sqlite',
      'openid-client',
      'tsx',
    ],
    devDependencies: ['@types/node', 'typescript'],
  },
  people: { dependencies: ['@bailiwick/ui'], devDependencies: [] },
  express: {
    dependencies: ['@bailiwick/express', 'express'],
    devDependencies: ['@types/express'],
  },
  'express-people': {
    dependencies: ['cookie-parser'],
    devDependencies: ['@types/cookie-parser'],
  },
  koa: { dependencies: ['@bailiwick/koa', '@koa/router', 'koa'], devDependencies: ['@types/koa'] },
  hono: { dependencies: ['@bailiwick/fetch', '@hono/node-server', 'hono'], devDependencies: [] },
}

/** The parts that a project is made of. No two have a file of the same name. */
export const layersOf = ({ framework, callers }: Choices): readonly Layer[] =>
  ['common', callers, framework, `${framework}-${callers}`].map((folder) => ({
    folder,
    ...(packagesByFolder[folder] ?? nothing),
  }))
