import { lintConfiguration } from '@bailiwick/cli'
import type { AuthorizationServerOptions } from '@bailiwick/core'
import { describe, expect, it } from 'vitest'
import { chapters } from '../src/chapters.js'
import { chapterOptions } from '../src/identity-server.js'
import { peopleOptions } from '../src/people/people-server.js'
import { lintTime } from '../../../packages/cli/test/support/lint-examples.js'

const identity = 'http://127.0.0.1:5001'

const lint = (options: AuthorizationServerOptions): readonly string[] =>
  lintConfiguration({ ...options, ...options.resources }, { now: lintTime }).map(
    ({ ruleId, path }) => `${ruleId} ${path}`,
  )

describe('the demo', () => {
  it('gives people a server in which nothing is found', () => {
    expect(lint(peopleOptions({ identity, web: 'http://127.0.0.1:5003' }))).toEqual([])
  })

  it('shows in its chapters what comes of what is found', () => {
    const unnameable = ['unnameable-api apiResources[0]', 'unnameable-api apiResources[1]']
    const found = chapters.map((chapter) => [chapter.name, lint(chapterOptions(chapter, identity))])
    expect(Object.fromEntries(found)).toEqual({
      scopes: unnameable,
      shared: [],
      isolated: ['isolated-scopes-shared apiResources[0]'],
      algorithms: [
        'algorithm-disagreement apiResources[1].allowedAccessTokenSigningAlgorithms',
        ...unnameable,
      ],
      'no-api': ['scope-without-audience apiScopes[0]'],
      'static-audience': ['static-audience emitStaticAudienceClaim'],
      orders: ['scope-without-audience apiScopes[5]'],
    })
  })
})
