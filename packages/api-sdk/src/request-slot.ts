/** Keeps one value for each request. */
export interface RequestSlot<Value> {
  readonly set: (request: object, value: Value) => void
  readonly has: (request: object) => boolean
  readonly get: (request: object) => Value | undefined
}

/**
 * Makes a slot: a property of requests whose name is a symbol that nobody else has, so that nobody else can fill it. A
 * WeakMap would do the same, but the garbage collector visits all of its entries again and again.
 */
export function createRequestSlot<Value>(): RequestSlot<Value> {
  const slot = Symbol('bailiwick')
  const find = (request: { readonly [slot]?: { readonly value: Value } }): Value | undefined =>
    request[slot]?.value
  return {
    set: (request, value) => {
      Object.defineProperty(request, slot, { value: { value }, configurable: true, writable: true })
    },
    has: (request) => Object.hasOwn(request, slot),
    get: find,
  }
}
