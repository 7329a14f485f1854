import type { Comparison } from '../measure/comparison.js'
import type { RaceTrack } from '../measure/race.js'

/** One line of a table: what was measured, and its figures by the heading of their column. */
export interface Row {
  readonly name: string
  readonly figures: Readonly<Record<string, number>>
}

/** A table of results, and what follows from it. */
export interface Section {
  readonly title: string
  readonly rows: readonly Row[]
  readonly comparisons: readonly Comparison[]
}

/** One question, answered by measurements: the sections are measured in their order. */
export interface Suite {
  readonly name: string
  readonly description: string
  readonly sections: readonly ((track: RaceTrack) => Promise<Section>)[]
}
