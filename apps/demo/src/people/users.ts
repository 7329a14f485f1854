import type { Login, ProfileService } from '@bailiwick/core'

interface User {
  readonly password: string
  readonly claims: Readonly<Record<string, unknown>>
}

/** The people of the demo. Their passwords are no secret. */
const userByName: Readonly<Record<string, User>> = {
  alice: {
    password: 'alice',
    claims: {
      name: 'Alice Adams',
      given_name: 'Alice',
      family_name: 'Adams',
      email: 'alice@example.com',
      email_verified: true,
      department: 'finance',
      employed_since: '2019-04-01',
    },
  },
  bob: {
    password: 'bob',
    claims: { name: 'Bob Brown', email: 'bob@example.com', department: 'sales' },
  },
}

const find = (username: string): User | undefined =>
  Object.hasOwn(userByName, username) ? userByName[username] : undefined

/** Checks a password. */
export async function authenticate({
  username,
  password,
}: {
  readonly username: string
  readonly password: string
}): Promise<Login | undefined> {
  const name = username.trim().toLowerCase()
  return find(name)?.password === password ? { subject: name, amr: ['pwd'] } : undefined
}

/** The name of a user, for pages. */
export async function describeUser(subject: string): Promise<string | undefined> {
  const name = find(subject)?.claims['name']
  return typeof name === 'string' ? name : undefined
}

/** Knows the claims of the demo's people. */
export const profile: ProfileService = {
  claims: async ({ subject }) => find(subject)?.claims ?? {},
  isActive: async ({ subject }) => find(subject) !== undefined,
}
