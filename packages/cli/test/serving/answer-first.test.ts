import type { HttpHandler } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { answerFirst } from '../../src/serving/answer-first.js'

/** Answers requests for one path with one status. */
const handlerFor =
  (path: string, status: number): HttpHandler =>
  async ({ url }) =>
    url === path ? { status, headers: {} } : undefined

const handle = answerFirst([handlerFor('/a', 200), handlerFor('/a', 500), handlerFor('/b', 201)])

describe('several handlers', () => {
  it.each([
    ['/a', 200],
    ['/b', 201],
    ['/c', undefined],
  ])('answer %s with %s', async (url, status) => {
    const response = await handle({ method: 'GET', url, headers: {}, body: async () => '' })
    expect(response?.status).toBe(status)
  })
})
