import type { Attributes, Meter } from '@opentelemetry/api'
import type { EventListener, ResourceServerEvent } from './events.js'
import type { ResourceServer } from './resource-server.js'

/** Metrics of APIs. */
export interface ResourceServerMetrics {
  /** Counts and measures what happens: the `onEvent` of any number of resource servers, or called by yours. */
  readonly onEvent: EventListener
  /**
   * Observes how old the keys of the issuers are, whenever metrics are collected. Returns a function that ends it, for a
   * resource server that is given up.
   */
  readonly observeKeys: (api: Pick<ResourceServer, 'health'>) => () => void
}

// From a check of a signature to a request that waits for its issuer, in seconds.
const boundaries = [
  0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5,
]

type Decision = Extract<ResourceServerEvent, { readonly type: 'accepted' | 'refused' }>

/** Only what has few values, and says nothing about who calls. */
function describe({ type, issuer, ...rest }: Decision): Attributes {
  return {
    outcome: type,
    ...('reason' in rest && { reason: rest.reason }),
    ...(issuer !== undefined && { issuer }),
  }
}

/**
 * Makes metrics of the events of resource servers, with a meter of OpenTelemetry:
 *
 * - `auth.validation.duration`, a histogram in seconds, by `outcome` (`accepted`, `refused`), `reason` and `issuer`
 * - `auth.jwks.age`, a gauge in seconds, by `issuer`
 * - `auth.jwks.fetches`, a counter, by `result` (`success`, `failure`) and `issuer`
 * - `auth.introspection.cache`, a counter, by `hit` and `issuer`
 *
 * No attribute holds a token, a subject or another claim. An issuer is always one that is configured, but for refused tokens
 * it is what they say.
 *
 * @example
 * ```ts
 * const { onEvent, observeKeys } = createMetrics(metrics.getMeter('invoices'))
 * const api = createResourceServer({ resource: 'urn:invoices', issuers: 'https://id.example.com', onEvent })
 * observeKeys(api)
 * ```
 */
export function createMetrics(meter: Meter): ResourceServerMetrics {
  const duration = meter.createHistogram('auth.validation.duration', {
    unit: 's',
    description: 'How long it took to decide about a request',
    advice: { explicitBucketBoundaries: boundaries },
  })
  const fetches = meter.createCounter('auth.jwks.fetches', {
    description: 'How often the keys of an issuer were loaded',
  })
  const answers = meter.createCounter('auth.introspection.cache', {
    description: 'How often it was known what an issuer says about a token',
  })
  const age = meter.createObservableGauge('auth.jwks.age', {
    unit: 's',
    description: 'How old the keys of an issuer are',
  })
  return {
    onEvent: (event) => {
      if (event.type === 'accepted' || event.type === 'refused') {
        if (event.duration !== undefined) duration.record(event.duration, describe(event))
      } else if (event.type === 'keys_loaded' || event.type === 'keys_not_loaded') {
        const result = event.type === 'keys_loaded' ? 'success' : 'failure'
        fetches.add(1, { result, issuer: event.issuer })
      } else if (event.type === 'introspection') {
        answers.add(1, { hit: event.hit, issuer: event.issuer })
      }
    },
    observeKeys: (api) => {
      const observe: Parameters<typeof age.addCallback>[0] = (result) => {
        for (const { issuer, ageSeconds } of api.health()) {
          if (ageSeconds !== undefined) result.observe(ageSeconds, { issuer })
        }
      }
      age.addCallback(observe)
      return () => {
        age.removeCallback(observe)
      }
    },
  }
}
