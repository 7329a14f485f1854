import { z } from 'zod'

/** What editors are told about a number of seconds. The server itself says what is wrong with one. */
export interface SecondsHints {
  readonly default?: number
  /** @defaultValue `1` */
  readonly minimum?: number
  readonly maximum?: number
}

/** The schema of a number of seconds that may be left out. */
export const seconds = (
  description: string,
  hints: SecondsHints = {},
): z.ZodExactOptional<z.ZodNumber> =>
  z
    .number()
    .exactOptional()
    .meta({ description, type: 'integer', minimum: 1, ...hints })
