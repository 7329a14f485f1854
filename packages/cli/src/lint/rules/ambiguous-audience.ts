import type { LintRule } from '../lint-rule.js'
import type { LintSubject } from '../lint-subject.js'

/** What else stands in `aud` under a name. */
function otherMeaningOf(
  name: string,
  { clients, configuration: { issuer, emitStaticAudienceClaim = false } }: LintSubject,
): string | undefined {
  if (clients.some(({ value: { clientId } }) => clientId === name)) {
    return 'a client, whose ID tokens have that audience'
  }
  if (issuer === undefined) return undefined
  const base = issuer.replace(/\/$/, '')
  if (name.replace(/\/$/, '') === base) return 'the issuer, whom clients address by that name'
  return emitStaticAudienceClaim && name === `${base}/resources`
    ? 'the audience that emitStaticAudienceClaim gives to all tokens'
    : undefined
}

/** Finds API resources that are called like somebody else whom tokens are addressed to. */
export const ambiguousAudience: LintRule = {
  id: 'ambiguous-audience',
  severity: 'warning',
  title: 'an API resource that is called like something else that tokens are for',
  why: 'An API tells by aud whether a token is meant for it. If tokens of another kind have the same audience, an API that checks nothing more takes one for the other (RFC 8725 section 3.12).',
  check: (subject) =>
    subject.apiResources.flatMap(({ path, value: { name } }) => {
      const meaning = otherMeaningOf(name, subject)
      if (meaning === undefined) return []
      return [
        {
          path,
          message: `'${name}' is also ${meaning}`,
          fix: 'rename one of them, here and where the name is used',
        },
      ]
    }),
}
