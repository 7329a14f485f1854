/** Something that expires. */
export interface Expiring {
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

/** Knows which of many things expires next. Each step takes time in the logarithm of their number. */
export interface ExpiryQueue<Item extends Expiring> {
  readonly add: (item: Item) => void
  /** Does nothing for an item that is not in the queue. */
  readonly remove: (item: Item) => void
  /** The one that expires next; `undefined` when there is none. */
  readonly next: () => Item | undefined
}

const parentOf = (position: number): number => (position - 1) >> 1

/** Creates an empty queue: a binary heap that knows where everything is, so that nothing removed lingers in it. */
export function createExpiryQueue<Item extends Expiring>(): ExpiryQueue<Item> {
  const heap: Item[] = []
  const positionByItem = new Map<Item, number>()

  const expiryAt = (position: number): number => heap[position]?.expiresAt ?? Infinity

  function place(item: Item, position: number): void {
    heap[position] = item
    positionByItem.set(item, position)
  }

  function rise(item: Item, position: number): void {
    const parent = heap[parentOf(position)]
    if (parent === undefined || parent.expiresAt <= item.expiresAt) return place(item, position)
    place(parent, position)
    rise(item, parentOf(position))
  }

  function sink(item: Item, position: number): void {
    const left = 2 * position + 1
    const sooner = expiryAt(left) <= expiryAt(left + 1) ? left : left + 1
    const child = heap[sooner]
    if (child === undefined || item.expiresAt <= child.expiresAt) return place(item, position)
    place(child, position)
    sink(item, sooner)
  }

  return {
    add: (item) => rise(item, heap.length),
    remove(item) {
      const position = positionByItem.get(item)
      if (position === undefined) return
      positionByItem.delete(item)
      const last = heap.pop()
      if (last === undefined || last === item) return
      // The last one comes from another branch, so it may belong above its new parent as well as below its new children.
      sink(last, position)
      rise(last, positionByItem.get(last) ?? position)
    },
    next: () => heap[0],
  }
}
