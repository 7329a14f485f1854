import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Login, ProfileService } from '@bailiwick/core'
import type { Credentials } from '@bailiwick/ui'

interface User {
  /** What tokens call the user. Unlike a name, it never changes and is never given to somebody else. */
  readonly subject: string
  readonly username: string
  readonly passwordHash: string
  readonly claims: { readonly name: string; readonly email: string }
}

/** The table of your database. The passwords here are the names; `hashPassword` has made the hashes. */
const users: readonly User[] = [
  {
    subject: '1001',
    username: 'alice',
    passwordHash: 'sIFrgwgikuH9y_r8UZsPww.2r_a2qtCQkx8dmX5dqqE9TimFpusc5AmOQExcKAhvEI',
    claims: { name: 'Alice Adams', email: 'alice@example.com' },
  },
  {
    subject: '1002',
    username: 'bob',
    passwordHash: 'A9GlesPp0VkKn5l32vds_w.VjLtYWC2C-mexCtTzNIgYR16xT0qo2MdbpWJX8gsS68',
    claims: { name: 'Bob Brown', email: 'bob@example.com' },
  },
]

const bySubject = (subject: string): User | undefined =>
  users.find((user) => user.subject === subject)

const byUsername = (username: string): User | undefined =>
  users.find((user) => user.username === username)

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt)

/** Makes what may be stored of a password. */
async function hashPassword(password: string, salt = randomBytes(16)): Promise<string> {
  // Parameters that OWASP recommends: a guess costs 16 MiB and some tenths of a second.
  const key = await derive(password, salt, 32, { N: 16_384, r: 8, p: 5 })
  return `${salt.toString('base64url')}.${key.toString('base64url')}`
}

async function isPassword(password: string, stored: string): Promise<boolean> {
  const [salt = ''] = stored.split('.')
  const hash = await hashPassword(password, Buffer.from(salt, 'base64url'))
  return timingSafeEqual(Buffer.from(hash), Buffer.from(stored))
}

// Compared with when the name is unknown, so that the time of the answer does not tell which names exist.
const nobody = await hashPassword(randomBytes(16).toString('base64url'))

/** Finds out who signs in. Attempts are limited before it is called. */
export async function authenticate(credentials: Credentials): Promise<Login | undefined> {
  const user = byUsername(credentials.username)
  const isRight = await isPassword(credentials.password, user?.passwordHash ?? nobody)
  return user && isRight ? { subject: user.subject, amr: ['pwd'] } : undefined
}

/** The name that pages show. */
export const describeUser = async (subject: string): Promise<string | undefined> =>
  bySubject(subject)?.claims.name

/** Tells the server what tokens and userinfo say of a user, and whether there still is one. */
export const profile: ProfileService = {
  claims: async ({ subject }) => bySubject(subject)?.claims ?? {},
  isActive: async ({ subject }) => bySubject(subject) !== undefined,
}
