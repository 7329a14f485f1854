import { createResourceServer } from '../../src/index.js'
import { guardWith } from '../../src/fetch.js'

const api = createResourceServer({ resource: 'urn:invoices', issuers: 'https://id.example.com' })
const guard = guardWith(api)

export const handler = {
  fetch: guard('invoice.read')((_request, auth) => Response.json({ invoicesFor: auth.subject })),
}
