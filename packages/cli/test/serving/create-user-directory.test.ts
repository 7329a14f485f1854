import { describe, expect, it } from 'vitest'
import { createUserDirectory } from '../../src/serving/create-user-directory.js'

const directory = createUserDirectory([
  { subject: '1', username: 'Alice', password: 'wonderland', claims: { role: ['admin'] } },
  { subject: '2', username: 'José', password: ' sécret ' },
])

describe('signing in', () => {
  it.each([
    ['Alice', 'wonderland', '1'],
    ['aLICE', 'wonderland', '1'],
    ['jose\u0301', ' sécret ', '2'],
  ])('tells who %s with %j is', async (username, password, subject) => {
    expect(await directory.authenticate({ username, password })).toEqual({
      subject,
      amr: ['pwd'],
    })
  })

  it.each([
    ['alice', 'Wonderland'],
    ['alice', ' wonderland'],
    ['alice', ''],
    ['alice', ' sécret '],
    ['josé', 'sécret'],
    ['bob', 'wonderland'],
    ['', ''],
    ['bob', ''],
    ['__proto__', 'wonderland'],
  ])('refuses %j with %j', async (username, password) => {
    expect(await directory.authenticate({ username, password })).toBeUndefined()
  })
})

describe('the profile service', () => {
  const { claims, isActive } = directory.profile
  const about = (subject: string) =>
    ({ subject, clientId: 'web', claimNames: ['role'], caller: 'userinfo' }) as const

  it('knows the claims of users', async () => {
    expect(await claims(about('1'))).toEqual({ role: ['admin'] })
    expect(await claims(about('2'))).toEqual({})
    expect(await claims(about('3'))).toEqual({})
  })

  it('knows who is a user', async () => {
    expect(await isActive?.(about('1'))).toBe(true)
    expect(await isActive?.(about('alice'))).toBe(false)
    expect(await createUserDirectory([]).profile.isActive?.(about('1'))).toBe(false)
  })
})
