import type { Lap, LoadOrder, LoadRequest } from './generate-load.js'
import { oneAfterAnother } from './one-after-another.js'
import type { Contender, ServerOrder, ServerReport } from './serve.js'
import { startWorker } from './worker.js'
import type { Worker } from './worker.js'

/** Servers that do the same in different ways, to be compared under the same load. */
export interface Race {
  readonly title: string
  /** Takes part in every comparison; the others are what it is compared with. */
  readonly entrants: readonly Entrant[]
  /**
   * Gives the request to send to the server at this origin, which is that of the entrant of this name. Throws unless
   * that server does all it has to do.
   */
  readonly prepare: (origin: string, name: string) => Promise<LoadRequest>
  /**
   * How many requests are under way at a time.
   *
   * @defaultValue `32`
   */
  readonly connections?: number
}

/** A server that takes part in a race. */
export interface Entrant {
  readonly name: string
  readonly contender: Contender
}

/** How long to measure. */
export interface Pace {
  readonly rounds: number
  readonly secondsPerLap: number
  readonly warmUpSeconds: number
}

/** What one server achieved. */
export interface Performance {
  readonly name: string
  /** One a round, in the order of the rounds. */
  readonly laps: readonly Lap[]
  /** Resident memory after all laps, in bytes. */
  readonly memory: number
}

/** With what to run a race. */
export interface RaceTrack {
  readonly load: Worker<LoadOrder, Lap>
  readonly pace: Pace
  readonly isPinned: boolean
}

interface RunningServer extends Worker<ServerOrder, ServerReport> {
  readonly name: string
  readonly origin: string
}

/** A server, and what it is asked over and over. */
interface PreparedServer extends RunningServer {
  readonly request: LoadRequest
}

/** Lets a server finish what is still under way when a lap ends, so that it takes no time from the next one. */
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50))

async function start(
  { name, contender }: Entrant,
  { isPinned }: RaceTrack,
): Promise<RunningServer> {
  const script = new URL('serve.js', import.meta.url)
  const worker = startWorker<ServerOrder, ServerReport>({ script, core: 'server', isPinned })
  const port = await worker.ask({ kind: 'listen', contender })
  return { ...worker, name, origin: `http://127.0.0.1:${port}` }
}

const attribute =
  ({ name }: RunningServer, { title }: Race) =>
  (cause: unknown): never => {
    throw new Error(`${title}: ${name} failed`, { cause })
  }

async function prepare(server: RunningServer, race: Race): Promise<PreparedServer> {
  const request = await race.prepare(server.origin, server.name).catch(attribute(server, race))
  return { ...server, request }
}

async function runLap(
  server: PreparedServer,
  race: Race,
  { load, seconds }: Pick<RaceTrack, 'load'> & { readonly seconds: number },
): Promise<Lap> {
  const { origin, request } = server
  const { connections = 32 } = race
  const lap = await load
    .ask({ origin, request, connections, seconds })
    .catch(attribute(server, race))
  await rest()
  return lap
}

async function compete(
  running: readonly RunningServer[],
  race: Race,
  { load, pace }: RaceTrack,
): Promise<readonly Performance[]> {
  const servers = await oneAfterAnother(running, (server) => prepare(server, race))
  await oneAfterAnother(servers, (server) =>
    runLap(server, race, { load, seconds: pace.warmUpSeconds }),
  )
  const rounds = await oneAfterAnother([...Array(pace.rounds).keys()], () =>
    oneAfterAnother(servers, (server) =>
      runLap(server, race, { load, seconds: pace.secondsPerLap }),
    ),
  )
  return oneAfterAnother(servers, async ({ name, ask }, index) => ({
    name,
    laps: rounds.flatMap((round) => round[index] ?? []),
    memory: await ask({ kind: 'memory' }),
  }))
}

/**
 * Runs a race: all servers are up, and in every round each has one lap after the other, so that whatever slows the
 * machine down for a while slows all of them down.
 */
export async function runRace(race: Race, track: RaceTrack): Promise<readonly Performance[]> {
  const started = await Promise.allSettled(race.entrants.map((entrant) => start(entrant, track)))
  const servers = started.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
  try {
    const failure = started.find((result) => result.status === 'rejected')
    if (failure !== undefined) throw failure.reason
    return await compete(servers, race, track)
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
}
