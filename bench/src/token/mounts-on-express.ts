import { bailiwick } from '@bailiwick/express'
import express from 'express'
import { readForm } from './bare-endpoint.js'
import type { Mounts } from './mounts.js'

/** On Express. */
export const mountsOnExpress: Mounts = {
  bailiwick: (handle) => express().use(bailiwick(handle)),
  bare: (endpoint) =>
    // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 awaits its handlers
    express().post('/token', async (request, response) => {
      response.json(await endpoint(await readForm(request)))
    }),
  oidcProvider: (provider) => express().use(provider.callback()),
}
