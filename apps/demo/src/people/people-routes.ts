import { createResourceServer } from '@bailiwick/api-sdk'
import type { ResourceServer } from '@bailiwick/api-sdk'
import type { ApiRoute } from '../api-routes.js'

/** The routes that the two APIs have for people. */
export function peopleRoutes(issuer: string): {
  readonly invoice: readonly ApiRoute[]
  readonly customer: readonly ApiRoute[]
} {
  const apiFor = (resource: string): ResourceServer =>
    createResourceServer({ resource, issuers: issuer })
  return {
    invoice: [{ path: '/invoices', scope: 'invoice.read', api: apiFor('urn:invoices') }],
    customer: [{ path: '/customers', scope: 'customer.read', api: apiFor('urn:customers') }],
  }
}
