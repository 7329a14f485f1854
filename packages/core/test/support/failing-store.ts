import { createMemoryStore } from '../../src/index.js'
import type { Store } from '../../src/index.js'

/** What {@link failingStore} throws. */
export const outage = new Error('connect ECONNREFUSED 10.0.0.7:5432')

const fail = (): Promise<never> => Promise.reject(outage)

/** A store in which some of the methods, or all, cannot answer. */
export function failingStore(
  methods: readonly (keyof Store)[] = ['insert', 'find', 'take', 'replace', 'removeAll', 'list'],
): Store {
  return {
    ...createMemoryStore(),
    ...Object.fromEntries(methods.map((method) => [method, fail])),
  }
}
