import { median, quantile } from './statistics.js'

/** What a ratio ought to be. */
export interface Target {
  readonly bound: 'at least' | 'at most'
  readonly ratio: number
}

/** How one thing did in relation to another, round by round. */
export interface Comparison {
  readonly name: string
  /** One a round. */
  readonly ratios: readonly number[]
  readonly median: number
  /** Between them lies the middle half of the rounds. */
  readonly quartiles: readonly [lower: number, upper: number]
  /** `undefined`: it is only for information. */
  readonly target: Target | undefined
  readonly isMet: boolean
}

const meets = (ratio: number, target: Target | undefined): boolean => {
  if (target === undefined) return true
  return target.bound === 'at least' ? ratio >= target.ratio : ratio <= target.ratio
}

/**
 * Compares two series of measurements that alternated. Ratios are taken within each round and only then their median,
 * so that a machine which is slower in some rounds than in others changes nothing.
 */
export function compare(
  name: string,
  rounds: readonly (readonly [subject: number, other: number])[],
  target: Target | undefined,
): Comparison {
  const ratios = rounds.map(([subject, other]) => subject / other)
  const middle = median(ratios)
  return {
    name,
    ratios,
    median: middle,
    quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    target,
    isMet: meets(middle, target),
  }
}
