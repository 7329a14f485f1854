import { setTimeout as delay } from 'node:timers/promises'

/** What a database says when two transactions got in each other's way, and one of them may simply try again. */
const contention: ReadonlySet<unknown> = new Set(['40001', '40P01'])

/** The code (SQLSTATE) of what a database answered; `undefined` for everything else that can go wrong. */
export const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined

/** Whether the database undid a statement because of others, and asks to try it again. */
export const isContention = (error: unknown): boolean => contention.has(codeOf(error))

/** When to try again. */
export interface RetryOptions {
  /** @defaultValue when others got in the way */
  readonly isWorthIt?: (error: unknown) => boolean
  /** Waits so many milliseconds. */
  readonly wait?: (milliseconds: number) => Promise<unknown>
  /** A number from 0 up to 1. */
  readonly random?: () => number
}

const mostAttempts = 8
/** The most milliseconds before the second attempt. They double before each further one: to 320, 635 in all. */
const firstPause = 5

/**
 * Does what may fail through no fault of its own: databases that are spread over several machines refuse a statement
 * rather than have it wait (PostgreSQL 16 manual, section 13.5). The pauses are random, so that those who got in each
 * other's way do not do it again.
 */
export async function retrying<Result>(
  work: () => Promise<Result>,
  { isWorthIt = isContention, wait = delay, random = Math.random }: RetryOptions = {},
): Promise<Result> {
  async function attempt(number: number): Promise<Result> {
    try {
      return await work()
    } catch (error) {
      if (number >= mostAttempts || !isWorthIt(error)) throw error
      await wait(random() * firstPause * 2 ** (number - 1))
      return attempt(number + 1)
    }
  }
  return attempt(1)
}
