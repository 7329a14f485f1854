import { hash } from 'node:crypto'
import { collection } from '../collection.js'
import type { Collection } from '../collection.js'
import type { ServerContext } from '../context.js'
import type { LoginAttempt, LoginThrottle } from './login-throttle.js'

/** How often something may happen within a time. */
export interface AttemptLimit {
  readonly attempts: number
  /** In seconds, from the first attempt. */
  readonly within: number
}

/** Options of `createLoginThrottle`. */
export interface LoginThrottleOptions extends Pick<ServerContext, 'store' | 'now'> {
  /**
   * For one account from one address: what somebody gets who has forgotten a password.
   *
   * @defaultValue 10 attempts within 5 minutes
   */
  readonly perAccountAndAddress?: AttemptLimit
  /**
   * For one account from all addresses together, so that many of them cannot guess one password. It is generous, since
   * whoever uses it up also locks the owner out.
   *
   * @defaultValue 100 attempts within 15 minutes
   */
  readonly perAccount?: AttemptLimit
  /**
   * For one address and all accounts together, so that one password cannot be tried on many of them.
   *
   * @defaultValue 100 attempts within 5 minutes
   */
  readonly perAddress?: AttemptLimit
}

/** How often something was tried since its time began. */
interface Counter {
  readonly attempts: number
}

/** A counter, and what it may come to. */
interface Limited {
  readonly id: string
  readonly limit: AttemptLimit
}

const mostTries = 20
/** Seconds to wait when so many are at it that counting failed. */
const crowded = 5

const idOf = (...parts: readonly string[]): string =>
  hash('sha256', JSON.stringify(parts), 'base64url')

// Whoever types a name means the same account in either case and form.
const normalize = (username: string): string => username.normalize('NFKC').trim().toLowerCase()

/**
 * Counts one attempt. Gives the seconds to wait, if there were too many; such an attempt is not counted, so that
 * waiting comes to an end.
 */
async function count(
  { id, limit: { attempts, within } }: Limited,
  counters: Collection<Counter>,
  now: () => number,
): Promise<number | undefined> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each try depends on how the one before ended
    const entry = await counters.find(id)
    if (entry !== undefined && entry.data.attempts >= attempts) return entry.expiresAt - now()
    const isCounted =
      entry === undefined
        ? counters.insert({ id, expiresAt: now() + within, data: { attempts: 1 } })
        : counters.replace({ ...entry, data: { attempts: entry.data.attempts + 1 } })
    // oxlint-disable-next-line no-await-in-loop
    if (await isCounted) return undefined
  }
  return crowded
}

/**
 * Limits attempts to sign in, by account and by address. What is counted is in the store, under hashes, so that several
 * processes count together.
 */
export function createLoginThrottle({
  perAccountAndAddress = { attempts: 10, within: 300 },
  perAccount = { attempts: 100, within: 900 },
  perAddress = { attempts: 100, within: 300 },
  ...context
}: LoginThrottleOptions): LoginThrottle {
  const counters = collection<Counter>('login_attempts', context)

  const both = ({ username, remoteAddress = '' }: LoginAttempt): Limited => ({
    id: idOf('account and address', normalize(username), remoteAddress),
    limit: perAccountAndAddress,
  })
  const limitsOf = (attempt: LoginAttempt): readonly Limited[] => [
    both(attempt),
    { id: idOf('account', normalize(attempt.username)), limit: perAccount },
    ...(attempt.remoteAddress === undefined
      ? []
      : [{ id: idOf('address', attempt.remoteAddress), limit: perAddress }]),
  ]

  return {
    async begin(attempt) {
      for (const limited of limitsOf(attempt)) {
        // oxlint-disable-next-line no-await-in-loop -- what one limit refuses the others do not count
        const wait = await count(limited, counters, context.now)
        if (wait !== undefined) return wait
      }
      return undefined
    },
    async succeed(attempt) {
      await counters.take(both(attempt).id)
    },
  }
}
