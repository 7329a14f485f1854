import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { argv, stdout, version } from 'node:process'
import { canPin } from './measure/core-pinning.js'
import type { Lap, LoadOrder } from './measure/generate-load.js'
import { oneAfterAnother } from './measure/one-after-another.js'
import type { Pace, RaceTrack } from './measure/race.js'
import { startWorker } from './measure/worker.js'
import { readOptions } from './read-options.js'
import { formatSection } from './report/format-section.js'
import { authenticate } from './suites/authenticate.js'
import { guard } from './suites/guard.js'
import { hostile } from './suites/hostile.js'
import { introspection } from './suites/introspection.js'
import { resolution } from './suites/resolution.js'
import { store } from './suites/store.js'
import type { Section, Suite } from './suites/suite.js'
import { token } from './suites/token.js'

const suites: readonly Suite[] = [
  token,
  introspection,
  authenticate,
  guard,
  hostile,
  resolution,
  store,
]

const paces = {
  // Express takes some seconds until its code is compiled, and a machine that others share is slow for seconds at a time.
  full: { rounds: 25, secondsPerLap: 0.4, warmUpSeconds: 6 },
  quick: { rounds: 3, secondsPerLap: 0.15, warmUpSeconds: 0.2 },
} as const satisfies Record<string, Pace>

interface SuiteResult {
  readonly name: string
  readonly sections: readonly Section[]
}

function describeConditions(isPinned: boolean): string {
  const [cpu] = cpus()
  const machine = `Node.js ${version}, ${cpus().length} cores${cpu === undefined ? '' : `, ${cpu.model}`}\n`
  if (isPinned) return `${machine}Server on core 0, load generator on core 1.\n`
  return `${machine}WARNING: NOT PINNED. taskset is missing or there are no two cores: ratios are less reliable.\n`
}

async function runSuite(
  { name, description, sections }: Suite,
  track: RaceTrack,
): Promise<SuiteResult> {
  stdout.write(`\n${name}: ${description}\n`)
  const results = await oneAfterAnother(sections, async (measure) => {
    const section = await measure(track)
    stdout.write(formatSection(section))
    return section
  })
  return { name, sections: results }
}

const { only, isQuick, isStrict, json } = readOptions(
  argv.slice(2),
  suites.map(({ name }) => name),
)
const isPinned = canPin()
stdout.write(describeConditions(isPinned))

const script = new URL('measure/generate-load.js', import.meta.url)
const load = startWorker<LoadOrder, Lap>({ script, core: 'load', isPinned })
try {
  const track: RaceTrack = { load, isPinned, pace: isQuick ? paces.quick : paces.full }
  const results = await oneAfterAnother(
    suites.filter(({ name }) => only === undefined || name === only),
    (suite) => runSuite(suite, track),
  )
  if (json !== undefined) {
    const record = { node: version, isPinned, pace: track.pace, suites: results }
    await writeFile(json, `${JSON.stringify(record, undefined, 2)}\n`)
  }

  const missed = results
    .flatMap(({ sections }) => sections)
    .flatMap(({ comparisons }) => comparisons)
    .filter(({ isMet }) => !isMet)
  stdout.write(
    `\n${missed.length === 0 ? 'Every target is met.' : `Below target: ${missed.length}.`}\n`,
  )
  if (isStrict && missed.length > 0) process.exitCode = 1
} finally {
  await load.stop()
}
