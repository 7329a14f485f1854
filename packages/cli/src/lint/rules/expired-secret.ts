import type { LintRule } from '../lint-rule.js'
import { expiryOf, secretHolders } from '../secret-holders.js'

/** Finds secrets that were left behind by a rotation. */
export const expiredSecret: LintRule = {
  id: 'expired-secret',
  severity: 'info',
  title: 'an expired secret beside one that is accepted',
  why: 'It is compared with every secret that arrives and never accepted: a leftover of a rotation. Whoever still uses it is refused.',
  check: (subject) => {
    const now = subject.now.getTime()
    return secretHolders(subject)
      .filter(({ secrets }) => secrets.some((secret) => expiryOf(secret) > now))
      .flatMap(({ title, secrets }) =>
        secrets
          .filter((secret) => expiryOf(secret) <= now)
          .map((secret) => ({
            path: secret.path,
            message: `this secret of ${title} expired at ${secret.value.expiration}`,
            fix: 'remove it',
          })),
      )
  },
}
