import { hostileTokens } from '../hostile/hostile-tokens.js'
import type { HostileKind } from '../hostile/hostile-tokens.js'
import type { HostileOrder, HostileReport } from '../hostile/measure-hostile.js'
import { compare } from '../measure/comparison.js'
import type { Comparison } from '../measure/comparison.js'
import type { RaceTrack } from '../measure/race.js'
import { startWorker } from '../measure/worker.js'
import type { Section, Suite } from './suite.js'

/** For how long somebody may keep the API busy with one request, in milliseconds. */
const allowance = {
  'random issuer': 1,
  'random key': 1,
  'random signature': 1,
  'random opaque token': 1,
  '12 KB of dots': 5,
  '12 KB of nested JSON': 5,
} as const satisfies Record<HostileKind, number>

const isKind = (name: string): name is HostileKind => Object.hasOwn(hostileTokens, name)

const kinds = Object.keys(hostileTokens).filter(isKind)

/** Fills caches that hold 10,000 entries, so that what they hold is not taken for growth. */
const warmUp = 20_000
const tokensPerRound = 10_000

async function measure(order: HostileOrder, isPinned: boolean): Promise<HostileReport> {
  const script = new URL('../hostile/measure-hostile.js', import.meta.url)
  const worker = startWorker<HostileOrder, HostileReport>({ script, core: 'server', isPinned })
  try {
    return await worker.ask(order)
  } finally {
    await worker.stop()
  }
}

/** Whoever asks an issuer about opaque tokens has to ask about each. For all others nobody is asked. */
function compareRequests(kind: HostileKind, requests: number, count: number): Comparison {
  const sent = count + warmUp
  const most = kind === 'random opaque token' ? 1 : 0
  return compare('requests to the issuer / tokens', [[requests, sent]], {
    bound: 'at most',
    ratio: most,
  })
}

const sectionOf =
  (kind: HostileKind) =>
  async ({ pace, isPinned }: RaceTrack): Promise<Section> => {
    const count = pace.rounds * tokensPerRound
    const { p50, p99, heapBefore, heapAfter, requests } = await measure(
      { kind, warmUp, count },
      isPinned,
    )
    const figures = {
      'p50 ms': p50,
      'p99 ms': p99,
      'MiB before': heapBefore / 2 ** 20,
      'MiB after': heapAfter / 2 ** 20,
    }
    return {
      title: `${kind}, ${count.toLocaleString('en')} times`,
      rows: [{ name: 'refused', figures }],
      comparisons: [
        compare(`p99 / ${allowance[kind]} ms`, [[p99, allowance[kind]]], {
          bound: 'at most',
          ratio: 1,
        }),
        compare('memory after / before', [[heapAfter, heapBefore]], {
          bound: 'at most',
          ratio: 1.05,
        }),
        compareRequests(kind, requests, count),
      ],
    }
  }

/** What becomes of an API that is sent nothing but what it has to refuse. */
export const hostile: Suite = {
  name: 'hostile',
  description: 'one process that is sent tokens which nobody issued; in process',
  sections: kinds.map(sectionOf),
}
