import { createResourceServer } from '../../src/index.js'
import type { ResourceServer } from '../../src/index.js'

type Warn = (reason: string, cause: unknown) => void

export const createApi = (warn: Warn): ResourceServer =>
  createResourceServer({
    resource: 'urn:invoices',
    issuers: 'https://id.example.com',
    onEvent: (event) => {
      if (event.type === 'refused') warn(event.reason, event.cause)
    },
  })
