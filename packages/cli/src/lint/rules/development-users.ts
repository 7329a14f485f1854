import type { LintRule } from '../lint-rule.js'

/** Finds passwords that stand in the configuration of a server that others reach. */
export const developmentUsers: LintRule = {
  id: 'development-users',
  severity: 'error',
  title: 'users of a public server in its configuration',
  why: 'Their passwords stand there as they are, for everybody who reads the file, its backups and its history.',
  check: ({ isPublic, users }) =>
    isPublic && users.length > 0
      ? [
          {
            path: 'users',
            message: `${users.length === 1 ? 'the password of a user stands' : `the passwords of ${users.length} users stand`} in the configuration of a server that others reach`,
            fix: 'remove users, and embed the server with a profile service and a login page that ask your database',
          },
        ]
      : [],
}
