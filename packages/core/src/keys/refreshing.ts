import { unavailable } from '../unavailable.js'

/** A value that is read again now and then. */
export interface Refreshing<Value> {
  /** Gives the value; one that is too old while whoever has it does not answer. Rejects only when there is none. */
  readonly read: () => Promise<Value>
  /** Reads it again before its time, though not too often. Rejects when it could not be read. */
  readonly lookAgain: () => Promise<Value>
  /** Has the next {@link Refreshing.read} read it again, and rather reject than give the one that was read. */
  readonly forget: () => void
}

/** How a value is kept. */
export interface RefreshingOptions {
  /** Seconds for which what was read is trusted. */
  readonly lifetime: number
  /** Seconds since the epoch. */
  readonly now: () => number
  readonly wait: (seconds: number) => Promise<void>
  /** Told why an older value is used. */
  readonly onFailure: (cause: unknown) => void
}

/** Seconds that a request waits for a newer value where there is an older one. */
const patience = 1

/** Seconds between two attempts that nobody has to wait for, and between two that somebody has asked for. */
const pause = 5

interface Held<Value> {
  readonly value: Value
  /** Which attempt has read it. */
  readonly attempt: number
  /** When that began, in seconds since the epoch. */
  readonly readAt: number
}

/** What was read, and the reading of it. */
interface Reader<Value> {
  readonly held: () => Held<Value> | undefined
  /** How often it was tried. */
  readonly attempts: () => number
  /** When it was tried last, in seconds since the epoch. */
  readonly lastAttempt: () => number
  /** Reads, whoever else does so. */
  readonly attempt: () => Promise<Value>
  /** Reads together with everybody who wants to at this time. */
  readonly share: () => Promise<Value>
  readonly forget: () => void
}

function createReader<Value>(load: () => Promise<Value>, now: () => number): Reader<Value> {
  let held: Held<Value> | undefined
  let attempts = 0
  let forgotten = 0
  let lastAttempt = -Infinity
  let underWay: Promise<Value> | undefined

  async function attempt(): Promise<Value> {
    attempts += 1
    const number = attempts
    const readAt = now()
    lastAttempt = readAt
    const value = await load()
    // What began before the value was forgotten, or before another attempt that is done, may be the older one.
    if (number > forgotten && number > (held?.attempt ?? 0))
      held = { value, attempt: number, readAt }
    return held?.value ?? value
  }

  return {
    attempt,
    held: () => held,
    attempts: () => attempts,
    lastAttempt: () => lastAttempt,
    share() {
      // One that has hung for so long may hang forever.
      if (underWay !== undefined && now() < lastAttempt + pause) return underWay
      const loading = attempt().finally(() => {
        if (underWay === loading) underWay = undefined
      })
      underWay = loading
      return loading
    },
    forget() {
      forgotten = attempts
      held = undefined
      underWay = undefined
    },
  }
}

/** Keeps a value that is read when it is used first and whenever it is too old, by one reader at a time. */
export function createRefreshing<Value>(
  load: () => Promise<Value>,
  { lifetime, now, wait, onFailure }: RefreshingOptions,
): Refreshing<Value> {
  const { held, attempts, lastAttempt, attempt, share, forget } = createReader(load, now)
  let failure: { readonly cause: unknown; readonly attempt: number } | undefined
  let lastLook = -Infinity

  /** Why nothing was read last, unless something has been since. */
  const currentFailure = (): typeof failure =>
    failure !== undefined && failure.attempt > (held()?.attempt ?? 0) ? failure : undefined

  async function giveUp(): Promise<never> {
    await wait(patience)
    const cause = new Error(`no answer within ${patience} second`)
    throw unavailable('what the server keeps cannot be looked up at the moment', cause)
  }

  async function patiently(loading: Promise<Value>): Promise<Value> {
    try {
      return await Promise.race([loading, giveUp()])
    } catch (cause) {
      failure = { cause, attempt: attempts() }
      throw cause
    }
  }

  async function orOlder(loading: Promise<Value>, older: Value): Promise<Value> {
    try {
      return await patiently(loading)
    } catch (cause) {
      onFailure(cause)
      return older
    }
  }

  return {
    forget,
    async read() {
      const known = held()
      if (known === undefined) return share()
      if (now() < known.readAt + lifetime) return known.value
      const isAway = currentFailure() !== undefined && now() < lastAttempt() + 2 * pause
      if (!isAway) return orOlder(share(), known.value)
      // Whoever did not answer keeps nobody waiting until it does.
      if (now() >= lastAttempt() + pause) void orOlder(attempt(), known.value)
      return known.value
    },
    async lookAgain() {
      if (now() >= lastLook + pause) {
        lastLook = now()
        return patiently(attempt())
      }
      const failed = currentFailure()
      if (failed !== undefined) throw failed.cause
      return held()?.value ?? share()
    },
  }
}
