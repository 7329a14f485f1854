import { createResourceServer } from '@bailiwick/api-sdk'
import type { ResourceServerOptions } from '@bailiwick/api-sdk'
import { guardWith } from '@bailiwick/api-sdk/express'
import express from 'express'
import type { Express } from 'express'

type Trust = Pick<ResourceServerOptions, 'issuers' | 'fetch' | 'now'>

export function createApp(trust: Trust): Express {
  const api = createResourceServer({ resource: 'https://api.example.com', ...trust })
  const guard = guardWith(api)
  return express().get('/invoices', guard('invoice.read'), (request, response) => {
    response.json({ invoicesFor: guard.auth(request).subject })
  })
}
