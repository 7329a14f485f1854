import type { LintRule } from '../lint-rule.js'
import { expiryOf, secretHolders } from '../secret-holders.js'

/** Finds clients and APIs that cannot authenticate any more. */
export const noValidSecret: LintRule = {
  id: 'no-valid-secret',
  severity: 'error',
  title: 'a client or an API whose secrets have all expired',
  why: 'It cannot authenticate: a client gets no token, an API learns nothing about reference tokens and refuses them all.',
  check: (subject) =>
    secretHolders(subject)
      .filter(({ secrets }) => secrets.every((secret) => expiryOf(secret) <= subject.now.getTime()))
      .map(({ title, path }) => ({
        path,
        message: `${title} has no secret that is still accepted`,
        fix: 'add a new secret and remove those that have expired',
      })),
}
