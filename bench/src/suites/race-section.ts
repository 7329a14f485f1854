import { compare } from '../measure/comparison.js'
import type { Comparison, Target } from '../measure/comparison.js'
import type { Lap } from '../measure/generate-load.js'
import { runRace } from '../measure/race.js'
import type { Performance, Race, RaceTrack } from '../measure/race.js'
import { median } from '../measure/statistics.js'
import type { Row, Section } from './suite.js'

/** How fast the first entrant ought to be in relation to another one, by the other one's name. */
export type RaceTargets = Readonly<Record<string, Target>>

function toRow({ name, laps, memory }: Performance): Row {
  const typical = (figure: (lap: Lap) => number): number => median(laps.map(figure))
  return {
    name,
    figures: {
      'requests/s': typical(({ requestsPerSecond }) => requestsPerSecond),
      'p50 ms': typical(({ p50 }) => p50),
      'p99 ms': typical(({ p99 }) => p99),
      'RSS MiB': memory / 2 ** 20,
    },
  }
}

function compareRates(
  subject: Performance,
  other: Performance,
  target: Target | undefined,
): Comparison {
  const rounds = subject.laps.map(
    (lap, round) => [lap.requestsPerSecond, other.laps[round]?.requestsPerSecond ?? NaN] as const,
  )
  return compare(`${subject.name} / ${other.name}`, rounds, target)
}

/** Runs a race and tells how its first entrant compares with the others. */
export async function raceSection(
  race: Race,
  targets: RaceTargets,
  track: RaceTrack,
): Promise<Section> {
  const performances = await runRace(race, track)
  const [subject, ...others] = performances
  if (subject === undefined) throw new TypeError(`nobody takes part in ${race.title}`)
  const comparisons = others.map((other) => compareRates(subject, other, targets[other.name]))
  return { title: race.title, rows: performances.map(toRow), comparisons }
}
