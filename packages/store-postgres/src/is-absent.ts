import { codeOf } from './retrying.js'

/**
 * `feature_not_supported`, `undefined_function` and, for a setting, `undefined_object` (PostgreSQL 16 manual,
 * appendix A).
 */
const absence: ReadonlySet<unknown> = new Set(['0A000', '42883', '42704'])

/**
 * Whether a database says that it has no such thing: some that speak the protocol of PostgreSQL have no advisory locks.
 */
export const isAbsent = (error: unknown): boolean => absence.has(codeOf(error))
