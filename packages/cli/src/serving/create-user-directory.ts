import { createHash, timingSafeEqual } from 'node:crypto'
import type { Login, ProfileService } from '@bailiwick/core'
import { foldUsername } from '../configuration/user.js'
import type { User } from '../configuration/user.js'

/** What somebody typed to sign in. */
interface Credentials {
  readonly username: string
  readonly password: string
}

/** Knows the users of a configuration. */
export interface UserDirectory {
  readonly profile: ProfileService
  /** Gives `undefined` for a wrong password and for an unknown name alike. */
  readonly authenticate: (credentials: Credentials) => Promise<Login | undefined>
  /** Gives the name that people know a user by. */
  readonly describeUser: (subject: string) => Promise<string | undefined>
}

const digestOf = (password: string): Buffer => createHash('sha256').update(password).digest()

/** Makes the directory of the users that a configuration lists. */
export function createUserDirectory(users: readonly User[]): UserDirectory {
  const accountByUsername = new Map(
    users.map(({ username, subject, password }) => [
      foldUsername(username),
      { subject, digest: digestOf(password) },
    ]),
  )
  const claimsBySubject = new Map(users.map(({ subject, claims = {} }) => [subject, claims]))
  const usernameBySubject = new Map(users.map(({ subject, username }) => [subject, username]))
  // A password is compared for an unknown name too, so that the time does not tell which names exist.
  const nobody = digestOf('')

  return {
    profile: {
      claims: async ({ subject }) => claimsBySubject.get(subject) ?? {},
      isActive: async ({ subject }) => claimsBySubject.has(subject),
    },
    async authenticate({ username, password }) {
      const account = accountByUsername.get(foldUsername(username))
      const isRight = timingSafeEqual(digestOf(password), account?.digest ?? nobody)
      if (account === undefined || !isRight) return undefined
      return { subject: account.subject, amr: ['pwd'] }
    },
    async describeUser(subject) {
      const name = claimsBySubject.get(subject)?.['name']
      return typeof name === 'string' ? name : usernameBySubject.get(subject)
    },
  }
}
