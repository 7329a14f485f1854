import type { LintRule } from '../lint-rule.js'
import { secretHolders } from '../secret-holders.js'

/** Finds secrets that several have. */
export const sharedSecret: LintRule = {
  id: 'shared-secret',
  severity: 'warning',
  title: 'the same secret twice',
  why: 'Who knows the secret of one can pretend to be the other, and one leak means changing both. Twice at the same client it only looks like a rotation.',
  check: (subject) => {
    const owned = secretHolders(subject).flatMap(({ title, secrets }) =>
      secrets.map(({ path, value: { value } }) => ({ title, path, value })),
    )
    return owned.flatMap(({ title, path, value }, index) => {
      const first = owned.findIndex((other) => other.value === value)
      const owner = owned[first]
      if (owner === undefined || first === index) return []
      return [
        {
          path,
          message: `${title} has the secret of ${owner.title} (${owner.path})`,
          fix: 'make another secret for one of them',
        },
      ]
    })
  },
}
