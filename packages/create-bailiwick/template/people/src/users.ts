import type { ProfileService } from '@bailiwick/core'
import type { Authenticate } from '@bailiwick/ui'
import { alicePassword } from './settings.js'

// Stands in for your user database, which keeps hashes of passwords and not the passwords.
const users = new Map([['alice', { password: alicePassword, claims: { name: 'Alice Adams' } }]])

/** Tells who somebody is that has typed a name and a password. */
export const authenticate: Authenticate = async ({ username, password }) =>
  users.get(username)?.password === password ? { subject: username, amr: ['pwd'] } : undefined

/** Tells what is known of a user. The server sends what a client may know, and nothing else. */
export const profile: ProfileService = {
  claims: async ({ subject }) => users.get(subject)?.claims ?? {},
  isActive: async ({ subject }) => users.has(subject),
}
