import { codeOf } from './retrying.js'

/** `feature_not_supported` and `undefined_function` (PostgreSQL 16 manual, appendix A). */
const absence: ReadonlySet<unknown> = new Set(['0A000', '42883'])

/** Whether a database says that it has no advisory locks: some that speak the protocol of PostgreSQL have none. */
export const lacksLocks = (error: unknown): boolean => absence.has(codeOf(error))
