import { metrics } from '@opentelemetry/api'
import { createResourceServer } from '../../src/index.js'
import { createMetrics } from '../../src/otel.js'

const { onEvent, observeKeys } = createMetrics(metrics.getMeter('invoices'))

export const api = createResourceServer({
  resource: 'urn:invoices',
  issuers: 'https://id.example.com',
  onEvent,
})
observeKeys(api)
