import { describe, expect, it } from 'vitest'
import { authorizeWith, createBrowser, peopleServer } from '../support/people.js'

const session = '__Host-bailiwick-session'

describe('a cookie whose name only looks like ours', () => {
  // A page of a sibling host cannot set a name with the prefix `__Host-`, but it can set all of these.
  it.each([
    ['a no-break space', '\u00A0'],
    ['a no-break space in UTF-8', '\u00C2\u00A0'],
    ['a wide space', '\u2003'],
    ['a byte order mark', '\uFEFF'],
    ['a form feed', '\f'],
    ['another name', 'x'],
  ])('is not taken for ours: %s before it', async (_, prefix) => {
    const server = peopleServer()
    const attacker = createBrowser(server)
    await authorizeWith(server, {}, { browser: attacker, login: { subject: 'mallory' } })
    const planted = `${prefix}${session}=${attacker.cookies.get(session) ?? ''}`
    expect(await server.sessions.find({ headers: { cookie: planted } })).toBeUndefined()

    const victim = createBrowser(server)
    await authorizeWith(server, {}, { browser: victim })
    const cookie = `${planted}; ${victim.headers().cookie}`
    expect(await server.sessions.find({ headers: { cookie } })).toMatchObject({ subject: 'alice' })
  })

  it.each(['__HOST-bailiwick-session', '__host-bailiwick-session', 'bailiwick-session'])(
    'is not taken for ours: %s',
    async (name) => {
      const server = peopleServer()
      const browser = createBrowser(server)
      await authorizeWith(server, {}, { browser })
      const cookie = `${name}=${browser.cookies.get(session) ?? ''}`
      expect(await server.sessions.find({ headers: { cookie } })).toBeUndefined()
    },
  )
})

it('finds its cookie among others, however they are separated', async () => {
  const server = peopleServer()
  const browser = createBrowser(server)
  await authorizeWith(server, {}, { browser })
  const ours = `${session}=${browser.cookies.get(session) ?? ''}`
  for (const cookie of [`a=1;${ours};b=2`, `a=1; \t${ours}; b=2`, ['a=1', ours]]) {
    expect(await server.sessions.find({ headers: { cookie } })).toMatchObject({ subject: 'alice' })
  }
})
