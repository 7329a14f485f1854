import type { LintRule } from '../lint-rule.js'
import { expiryOf, secretHolders } from '../secret-holders.js'

const notice = 30 * 86_400_000

/** Finds clients and APIs that will soon have no secret. */
export const expiringSecret: LintRule = {
  id: 'expiring-secret',
  severity: 'warning',
  title: 'a client or an API whose last secret expires within 30 days',
  why: 'From then on it cannot authenticate. Several secrets are accepted at once, so a new one can be there before the old one ends.',
  check: (subject) => {
    const now = subject.now.getTime()
    return secretHolders(subject).flatMap(({ title, secrets }) => {
      const [last] = secrets.toSorted((one, other) => expiryOf(other) - expiryOf(one))
      if (last === undefined || expiryOf(last) <= now || expiryOf(last) > now + notice) return []
      return [
        {
          path: `${last.path}.expiration`,
          message: `${title} has no secret beyond ${last.value.expiration}`,
          fix: 'add a second secret that lasts longer, and let it be used before this one expires',
        },
      ]
    })
  },
}
