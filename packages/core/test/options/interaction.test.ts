import { describe, expect, it } from 'vitest'
import type { SessionOptions } from '../../src/index.js'
import { problemsOf } from '../support/problems.js'

const insecure = 'it must begin with https://; plain http is for loopback addresses only'
const noPath = 'it is no path: percent-encode what no path has'

describe('the check of session', () => {
  it.each<SessionOptions>([
    {},
    { absoluteLifetime: 600 },
    { absoluteLifetime: 600, idleLifetime: 600 },
    { idleLifetime: 36_000 },
  ])('accepts %j', (session) => {
    expect(problemsOf({ session })).toEqual([])
  })

  it.each<[session: SessionOptions, problems: readonly string[]]>([
    [
      { absoluteLifetime: 0, idleLifetime: 0.5 },
      [
        'session.absoluteLifetime: a whole number of seconds is needed, at least 1',
        'session.idleLifetime: a whole number of seconds is needed, at least 1',
      ],
    ],
    [
      { absoluteLifetime: 600, idleLifetime: 601 },
      [
        'session.idleLifetime: a session ends after 600 seconds, so it is never idle for that long: shorten this, or lengthen absoluteLifetime',
      ],
    ],
    [
      { idleLifetime: 36_001 },
      [expect.stringContaining('session.idleLifetime: a session ends after 36000 seconds')],
    ],
  ])('finds what is wrong with %j', (session, problems) => {
    expect(problemsOf({ session })).toEqual(problems)
  })
})

describe('the check of interactionUrl', () => {
  it.each([
    '/sign-in',
    '/a/b%20c',
    'https://login.example.com',
    'https://example.com/in',
    'http://localhost:3000/in',
  ])('accepts %s', (interactionUrl) => {
    expect(problemsOf({ interactionUrl })).toEqual([])
  })

  it.each([
    ['sign-in', 'it must be a path that begins with /, or an https URL'],
    ['', 'it must be a path that begins with /, or an https URL'],
    ['http://login.example.com', insecure],
    ['javascript:alert(1)', insecure],
    [
      'https://login.example.com/?tenant=1',
      'it must have neither query nor fragment, because an id is appended',
    ],
    ['/sign-in#form', 'it must have neither query nor fragment, because an id is appended'],
    ['/sign-in/', 'it must not end with /, because a slash and an id are appended'],
    ['/', 'it must not end with /, because a slash and an id are appended'],
    ['/sign in', noPath],
    [String.raw`/\login.example.com`, noPath],
    ['/100%', noPath],
    ['https://alice@login.example.com', 'it must not hold credentials: remove what precedes @'],
  ])('finds what is wrong with %j', (interactionUrl, fault) => {
    expect(problemsOf({ interactionUrl })).toEqual([`interactionUrl: ${fault}`])
  })
})

describe('the check of interactionLifetime', () => {
  it('takes whole seconds', () => {
    expect(problemsOf({ interactionLifetime: 1 })).toEqual([])
    expect(problemsOf({ interactionLifetime: 0 })).toEqual([
      'interactionLifetime: a whole number of seconds is needed, at least 1',
    ])
  })
})

describe('the check of introspectionMaxAge', () => {
  it('takes whole seconds, and none', () => {
    expect(problemsOf({ introspectionMaxAge: 0 })).toEqual([])
    expect(problemsOf({ introspectionMaxAge: 0.5 })).toEqual([
      'introspectionMaxAge: a whole number of seconds is needed, at least 0',
    ])
  })
})
