import { collection } from '../collection.js'
import type { Entry } from '../collection.js'
import { sha256 } from '../sha256.js'
import type { Store } from '../stores/store.js'
import { createHandle } from '../tokens/handle.js'
import type { LoginAttempt, LoginThrottle } from './login-throttle.js'
import { networkOf } from './network-of.js'

/** How often something may be tried. */
export interface AttemptLimit {
  /** So many attempts may be made, */
  readonly attempts: number
  /** in so many seconds from the first of them. Then counting begins again. */
  readonly within: number
}

/** Options of `createLoginThrottle`. */
export interface LoginThrottleOptions {
  /** Where attempts are counted: what processes share, they count together. */
  readonly store: Store
  /**
   * The clock, in seconds since the epoch.
   *
   * @defaultValue the clock of the machine
   */
  readonly now?: () => number
  /**
   * Stops somebody from guessing the password of one account.
   *
   * @defaultValue `{ attempts: 10, within: 300 }`
   */
  readonly perAccountAndAddress?: AttemptLimit
  /**
   * Stops many addresses from guessing the password of one account together. Keep it well above
   * `perAccountAndAddress`: who reaches it locks the owner out.
   *
   * @defaultValue `{ attempts: 100, within: 900 }`
   */
  readonly perAccount?: AttemptLimit
  /**
   * Stops somebody from trying a few passwords on many accounts. Raise it where many people share an address.
   *
   * @defaultValue `{ attempts: 100, within: 300 }`
   */
  readonly perAddress?: AttemptLimit
}

type Limits = Required<Omit<LoginThrottleOptions, 'store' | 'now'>>

/** How often somebody may try to sign in, unless the options say otherwise. */
export const defaultLimits = {
  perAccountAndAddress: { attempts: 10, within: 300 },
  perAccount: { attempts: 100, within: 900 },
  perAddress: { attempts: 100, within: 300 },
} as const satisfies Limits

/** What is kept of attempts: how many there were since the first. */
interface Count {
  readonly attempts: number
  /** What tells it from that of another who counts at the same time: a store may be asked whose it has. */
  readonly writtenBy: string
}

/** Something that is counted. */
interface Counter {
  readonly id: string
  readonly limit: AttemptLimit
}

/** A counter with the count that was read; absent when nothing was counted. */
interface Looked extends Counter {
  readonly count: Entry<Count> | undefined
}

/** How often to try to count one attempt while others count theirs. */
const mostTries = 32

/** Seconds to wait for somebody whose attempt could not be counted because of others. */
const waitInCrowd = 1

function checkLimits(limits: Limits): void {
  for (const [name, { attempts, within }] of Object.entries<AttemptLimit>(limits)) {
    if ([attempts, within].every((value) => Number.isInteger(value) && value > 0)) continue
    throw new TypeError(`${name} needs a whole number of attempts and of seconds, from 1 on`)
  }
}

// Upper case, because more spellings of a name meet there than in lower case, such as those with ß and ss.
const accountOf = ({ username }: LoginAttempt): string =>
  username.normalize('NFKC').trim().toUpperCase()

// As JSON, so that no name can be chosen to look like another name with an address.
const counterOf = (limit: AttemptLimit, ...counted: readonly string[]): Counter => ({
  id: sha256(JSON.stringify(counted)),
  limit,
})

/** Attempts from unknown addresses count as from one, so that leaving the address out helps nobody. */
const accountAndAddress = (attempt: LoginAttempt, limits: Limits): Counter =>
  counterOf(
    limits.perAccountAndAddress,
    'account and address',
    accountOf(attempt),
    networkOf(attempt.remoteAddress ?? ''),
  )

/** In the order in which to count: what the first refuses is not held against the owner of the account. */
function countersOf(attempt: LoginAttempt, limits: Limits): readonly Counter[] {
  const { remoteAddress } = attempt
  return [
    accountAndAddress(attempt, limits),
    // Not for unknown addresses: together they would lock everybody out.
    ...(remoteAddress === undefined
      ? []
      : [counterOf(limits.perAddress, 'address', networkOf(remoteAddress))]),
    counterOf(limits.perAccount, 'account', accountOf(attempt)),
  ]
}

/**
 * Creates a throttle that counts attempts by account and by address. User names that differ in case, width or outer
 * spaces are one account, and an IPv6 network of 64 bits is one address. Neither is stored in the clear.
 *
 * Attempts that have to wait are not counted, so waiting ends. Nothing is tried that could not be counted.
 */
export function createLoginThrottle({
  store,
  now = () => Math.floor(Date.now() / 1000),
  perAccountAndAddress = defaultLimits.perAccountAndAddress,
  perAccount = defaultLimits.perAccount,
  perAddress = defaultLimits.perAddress,
}: LoginThrottleOptions): LoginThrottle {
  const limits: Limits = { perAccountAndAddress, perAccount, perAddress }
  checkLimits(limits)
  const counts = collection<Count>('login_attempts', { store, now })

  const look = async (counter: Counter): Promise<Looked> => ({
    ...counter,
    count: await counts.find(counter.id),
  })

  function waitAt({ limit, count }: Looked): number | undefined {
    if (count === undefined || count.data.attempts < limit.attempts) return undefined
    return Math.max(1, Math.ceil(count.expiresAt - now()))
  }

  function addTo({ id, limit, count }: Looked): Promise<boolean> {
    const data = { attempts: (count?.data.attempts ?? 0) + 1, writtenBy: createHandle() }
    return count === undefined
      ? counts.insert({ id, expiresAt: now() + limit.within, data })
      : counts.replace({ ...count, data })
  }

  async function countOne(looked: Looked, triesLeft: number): Promise<number | undefined> {
    const wait = waitAt(looked)
    if (wait !== undefined || (await addTo(looked))) return wait
    return triesLeft === 1 ? waitInCrowd : countOne(await look(looked), triesLeft - 1)
  }

  async function countEach([first, ...others]: readonly Looked[]): Promise<number | undefined> {
    if (first === undefined) return undefined
    return (await countOne(first, mostTries)) ?? countEach(others)
  }

  return {
    async begin(attempt) {
      // At all of them before any is counted, so that an attempt which one refuses counts nowhere.
      const looked = await Promise.all(countersOf(attempt, limits).map(look))
      const longest = Math.max(...looked.map((counter) => waitAt(counter) ?? 0))
      return longest > 0 ? longest : countEach(looked)
    },
    async succeed(attempt) {
      await counts.take(accountAndAddress(attempt, limits).id)
    },
  }
}
