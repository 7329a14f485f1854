import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createResourceServer } from '../src/index.js'
import type { ResourceServerOptions } from '../src/index.js'
import { createMetrics } from '../src/otel.js'
import type { ResourceServerMetrics } from '../src/otel.js'
import { createKey, issuer, now, resource, tokenOf } from './support/test-issuer.js'
import { createWorld, jwksUri } from './support/world.js'
import type { World } from './support/world.js'

const endpoint = `${issuer}/introspect`

/** One value of a metric: of a histogram how many there are. */
type Point = readonly [name: string, attributes: object, value: unknown]

interface MeasuredWorld extends World {
  readonly metrics: ResourceServerMetrics
  readonly collect: () => Promise<readonly Point[]>
}

function createMeasuredWorld(options: Partial<ResourceServerOptions> = {}): MeasuredWorld {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  // It never exports by itself in the time of a test.
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 2 ** 30 })
  const metrics = createMetrics(new MeterProvider({ readers: [reader] }).getMeter('test'))
  return {
    ...createWorld({ onEvent: metrics.onEvent, ...options }),
    metrics,
    collect: async () => {
      const { resourceMetrics } = await reader.collect()
      return resourceMetrics.scopeMetrics
        .flatMap((scope) => scope.metrics)
        .flatMap(({ descriptor, dataPoints }) =>
          dataPoints.map(({ attributes, value }): Point => {
            const isHistogram = typeof value === 'object' && 'count' in value
            return [descriptor.name, attributes, isHistogram ? value.count : value]
          }),
        )
    },
  }
}

const measured = (points: readonly Point[], wanted: string): readonly (readonly unknown[])[] =>
  points.filter(([name]) => name === wanted).map(([, ...rest]) => rest)

describe('createMetrics', () => {
  it('measures how long decisions take, by what they are and whose token it is', async () => {
    const { outcome, token, api, collect } = createMeasuredWorld()
    await outcome(token())
    await outcome(token())
    await outcome(token({ exp: now - 60 }))
    await outcome(token({ iss: 'https://other.example.com' }))
    await outcome('opaque')
    await api.authenticate({ method: 'GET', url: '/', headers: {} })
    const headers = { authorization: `Bearer ${token()}` }
    await api.authenticate({ method: 'GET', url: '/', headers }, 'write')
    await api.verify(token())
    await api.verify(token({ aud: 'urn:other' })).catch(() => undefined)
    const refused = (reason: string): object => ({ outcome: 'refused', reason })
    expect(measured(await collect(), 'auth.validation.duration')).toEqual([
      [{ outcome: 'accepted', issuer }, 3],
      [{ ...refused('expired'), issuer }, 1],
      [refused('unknown_issuer'), 1],
      [refused('malformed_token'), 1],
      [refused('no_credentials'), 1],
      [{ ...refused('insufficient_scope'), issuer }, 1],
      [{ ...refused('wrong_audience'), issuer }, 1],
    ])
  })

  it('does not measure what a handler asks after the decision', async () => {
    const { token, api, collect, events } = createMeasuredWorld()
    const auth = await api.verify(token())
    expect(() => {
      auth.require('write')
    }).toThrow(expect.objectContaining({ reason: 'insufficient_scope' }))
    expect(events).toEqual([])
    expect(measured(await collect(), 'auth.validation.duration')).toEqual([
      [{ outcome: 'accepted', issuer }, 1],
    ])
  })

  it('counts what became of attempts to load keys', async () => {
    const { outcome, token, network, pass, collect } = createMeasuredWorld()
    await outcome(token())
    network.cut(true)
    pass(700)
    await outcome(token({ exp: now + 900 }))
    expect(measured(await collect(), 'auth.jwks.fetches')).toEqual([
      [{ result: 'success', issuer }, 1],
      [{ result: 'failure', issuer }, 1],
    ])
  })

  it('observes how old keys are, once there are any and until that is ended', async () => {
    const { outcome, token, pass, collect, metrics, api } = createMeasuredWorld()
    const end = metrics.observeKeys(api)
    expect(measured(await collect(), 'auth.jwks.age')).toEqual([])
    await outcome(token())
    pass(60)
    expect(measured(await collect(), 'auth.jwks.age')).toEqual([[{ issuer }, 60]])
    end()
    pass(60)
    expect(measured(await collect(), 'auth.jwks.age')).not.toContainEqual([{ issuer }, 120])
  })

  it('counts how often an issuer need not be asked about a token', async () => {
    const { outcome, network, collect } = createMeasuredWorld({
      issuers: {
        issuer,
        jwks: { uri: jwksUri },
        clientAuth: { secret: 'api secret' },
        introspectionEndpoint: endpoint,
      },
    })
    network.serveJson(endpoint, { active: false })
    await Promise.all([outcome('one'), outcome('one')])
    await outcome('one')
    await outcome('two')
    const points = await collect()
    expect(measured(points, 'auth.introspection.cache')).toEqual([
      [{ hit: false, issuer }, 2],
      [{ hit: true, issuer }, 2],
    ])
    expect(measured(points, 'auth.validation.duration')).toEqual([
      [{ outcome: 'refused', reason: 'inactive', issuer }, 4],
    ])
  })

  it('H13 says nothing about who calls', async () => {
    const { outcome, token, collect } = createMeasuredWorld()
    const tokens = [token({ email: 'alice@example.com' }), token({ iss: 'alice' })]
    for (const presented of tokens) await outcome(presented)
    const text = JSON.stringify(await collect())
    expect(text).toContain('auth.validation.duration')
    for (const secret of [...tokens, 'alice', 'web', 'token-1']) expect(text).not.toContain(secret)
  })
})

describe('node:diagnostics_channel', () => {
  const key = createKey('ES256', 'k1')
  const api = createResourceServer({
    resource,
    issuers: { issuer, jwks: { keys: [key.jwk] } },
    now: () => now,
  })
  const outcome = async (token: string): Promise<boolean> => {
    const headers = { authorization: `Bearer ${token}` }
    return (await api.authenticate({ method: 'GET', url: '/', headers })).ok
  }

  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('is told events while somebody listens, without onEvent', async () => {
    const heard: unknown[] = []
    const listen = (event: unknown): void => {
      heard.push(event)
    }
    const names = ['api-sdk:accepted', 'api-sdk:refused']
    for (const name of names) subscribe(name, listen)
    expect([await outcome(tokenOf(key)), await outcome('opaque')]).toEqual([true, false])
    for (const name of names) unsubscribe(name, listen)
    await outcome(tokenOf(key))
    expect(heard).toEqual([
      { type: 'accepted', issuer, duration: expect.any(Number) },
      { type: 'refused', reason: 'malformed_token', duration: expect.any(Number) },
    ])
  })

  it('costs no look at the clock while nobody listens', async () => {
    const clock = vi.spyOn(performance, 'now')
    await outcome(tokenOf(key))
    expect(clock).not.toHaveBeenCalled()
    const listen = (): void => undefined
    subscribe('api-sdk:accepted', listen)
    await outcome(tokenOf(key))
    unsubscribe('api-sdk:accepted', listen)
    expect(clock).toHaveBeenCalledTimes(2)
  })
})

it('H12 lets a request pass whose acceptance a listener cannot bear', async () => {
  const world = createWorld({
    onEvent: () => {
      throw new Error('the log is full')
    },
  })
  expect(await world.outcome(world.token())).toBe('alice')
})
