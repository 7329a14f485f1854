import { sha256 } from '@bailiwick/core'
import type { LintRule } from '../lint-rule.js'
import { secretHolders } from '../secret-holders.js'

/** What examples have in place of a secret, and who guesses tries first. */
const examples =
  'secret;api secret;secret1;secret123;client_secret;clientsecret;password;changeme;change-me;test;demo;dev;admin;123456;'.split(
    ';',
  )

/** Finds secrets that everybody knows. */
export const guessableSecret: LintRule = {
  id: 'guessable-secret',
  severity: 'error',
  title: 'a secret from an example, or the name of its owner, on a public server',
  why: 'It is the first that somebody tries. Anybody can pretend to be this client or API.',
  check: (subject) => {
    if (!subject.isPublic) return []
    return secretHolders(subject).flatMap(({ title, name, secrets }) => {
      const guesses = new Set([...examples, name, `${name}-secret`, `${name}_secret`].map(sha256))
      return secrets
        .filter(({ value: { value } }) => guesses.has(value))
        .map(({ path }) => ({
          path: `${path}.value`,
          message: `the secret of ${title} is easily guessed`,
          fix: "make a random one with 'openssl rand -base64 32', and put its hash here",
        }))
    })
  },
}
