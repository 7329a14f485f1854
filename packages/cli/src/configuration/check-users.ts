import { isProtocolClaim } from '@bailiwick/protocol'
import type { ConfigurationProblem } from '@bailiwick/protocol'
import { foldUsername } from './user.js'
import type { User } from './user.js'

/** Finds values that are empty, and those that several users share. */
function checkNames(
  member: 'subject' | 'username',
  names: readonly string[],
): readonly ConfigurationProblem[] {
  return names.flatMap((name, index) => {
    const path = `users[${index}].${member}`
    if (name === '') return [{ path, message: `a user needs a ${member}` }]
    const first = names.indexOf(name)
    if (first === index) return []
    return [
      {
        path,
        message: `'${name}' is already the ${member} of users[${first}]: change one of them`,
      },
    ]
  })
}

const checkPassword = ({ password }: User, path: string): readonly ConfigurationProblem[] =>
  password === '' ? [{ path: `${path}.password`, message: 'a user needs a password' }] : []

const checkClaims = ({ claims = {} }: User, path: string): readonly ConfigurationProblem[] =>
  Object.keys(claims)
    .filter(isProtocolClaim)
    .map((name) => ({
      path: `${path}.claims.${name}`,
      message: `'${name}' is a claim that only the server sets: remove or rename it`,
    }))

/** Finds users who could not sign in, or could be taken for each other. Passwords are not repeated. */
export function checkUsers(users: readonly User[]): readonly ConfigurationProblem[] {
  return [
    ...checkNames(
      'subject',
      users.map(({ subject }) => subject),
    ),
    ...checkNames(
      'username',
      users.map(({ username }) => foldUsername(username)),
    ),
    ...users.flatMap((user, index) => [
      ...checkPassword(user, `users[${index}]`),
      ...checkClaims(user, `users[${index}]`),
    ]),
  ]
}
