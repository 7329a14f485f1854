/** What a database says when two transactions got in each other's way, and one of them may simply try again. */
const contention: ReadonlySet<unknown> = new Set(['40001', '40P01'])

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined

const mostAttempts = 8

/**
 * Does what may fail through no fault of its own: databases that are spread over several machines refuse a statement
 * rather than have it wait (PostgreSQL 16 manual, section 13.5).
 */
export async function retrying<Result>(
  work: () => Promise<Result>,
  attemptsLeft = mostAttempts,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (attemptsLeft <= 1 || !contention.has(codeOf(error))) throw error
    return retrying(work, attemptsLeft - 1)
  }
}
