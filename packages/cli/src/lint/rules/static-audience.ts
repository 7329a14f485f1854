import type { LintRule } from '../lint-rule.js'

/** Finds servers that give all tokens one audience. */
export const staticAudience: LintRule = {
  id: 'static-audience',
  severity: 'warning',
  title: 'an audience that all access tokens have',
  why: 'An API that accepts {issuer}/resources accepts the tokens of every other API, also of isolated ones: whoever gets hold of one token can use it everywhere (RFC 9700 section 2.3).',
  check: ({ configuration }) =>
    configuration.emitStaticAudienceClaim === true
      ? [
          {
            path: 'emitStaticAudienceClaim',
            message: 'every access token is for {issuer}/resources as well',
            fix: 'have each API check for its own name, then remove this',
          },
        ]
      : [],
}
