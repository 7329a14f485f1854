import type { Link, OpenLink } from './open-link.js'
import { within } from './within.js'
import { isRefusal } from './is-refusal.js'

/** How to get links, and how long to wait for them. */
export interface ConnectionOptions {
  readonly open: OpenLink
  /** Seconds after which a server that does not answer counts as one that cannot. */
  readonly timeout: number
}

/** A way to the server that repairs itself. */
export interface Connection {
  /**
   * Sends a command to whoever has the key, once: when the answer is lost, nobody knows whether it was done. Throws when
   * there is no connection, when there is no answer in time, and what the server refuses.
   */
  readonly send: (key: string, command: readonly string[]) => Promise<unknown>
  readonly close: () => Promise<void>
}

const closed = (): Error => new Error('the store is closed')

/** Milliseconds between two links that replace one which does not work as it should. */
const rest = 500

/**
 * Keeps one link, and replaces it when something is wrong with it. Meanwhile the old one goes on where it can: in a
 * cluster, one node that is away is no reason to stop for the others.
 */
export function createConnection({ open, timeout }: ConnectionOptions): Connection {
  let link: Link | undefined
  let opening: Promise<Link> | undefined
  let replacedAt = Number.NEGATIVE_INFINITY
  let isClosed = false

  async function openNext(): Promise<Link> {
    let next: Link | undefined
    next = await open(() => {
      if (next !== undefined) replace(next)
    })
    if (isClosed) {
      next.destroy()
      throw closed()
    }
    if (link !== undefined) void retire(link)
    link = next
    return next
  }

  const openOne = (): Promise<Link> => (opening ??= openNext().finally(() => (opening = undefined)))

  function replace(old: Link): void {
    const time = performance.now()
    if (isClosed || old !== link || time - replacedAt < rest) return
    replacedAt = time
    // Who needs a link that cannot be opened asks for one, and is told.
    openOne().catch(() => undefined)
  }

  /** Ends a link, and has what is under way on it end before. */
  async function retire(old: Link): Promise<void> {
    await within(timeout, old.close()).catch(() => undefined)
    old.destroy()
  }

  async function sendOn(used: Link, key: string, command: readonly string[]): Promise<unknown> {
    try {
      return await within(timeout, used.send(key, command))
    } catch (error) {
      if (!isRefusal(error)) replace(used)
      throw error
    }
  }

  return {
    async send(key, command) {
      if (isClosed) throw closed()
      const used = link?.isUsable() === true ? link : await within(timeout, openOne())
      return sendOn(used, key, command)
    },
    async close() {
      isClosed = true
      if (link !== undefined) await retire(link)
    },
  }
}
