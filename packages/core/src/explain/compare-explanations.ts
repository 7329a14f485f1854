import type { ExplainedToken, Explanation } from './explanation.js'

/** Something that is another in another explanation. `undefined`: it is not there. */
export interface ExplanationDifference {
  /** E.g. `accessToken.claims.aud`, `error.error`; of a token `claims.aud`, `header.alg`. */
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/** They are other ones each time, whatever is asked for; or of no interest, such as the name of a key. */
const ofTheMoment: ReadonlySet<string> = new Set([
  'iat',
  'nbf',
  'exp',
  'jti',
  'sid',
  'auth_time',
  'at_hash',
  'kid',
])

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function compareValues(
  path: string,
  before: unknown,
  after: unknown,
): readonly ExplanationDifference[] {
  if (isObject(before) && isObject(after)) return compareMembers(path, before, after)
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }]
}

function compareMembers(
  path: string,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly ExplanationDifference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !ofTheMoment.has(name))
    .flatMap((name) =>
      compareValues(path === '' ? name : `${path}.${name}`, before[name], after[name]),
    )
}

const outcomeOf = ({
  accessToken,
  idToken,
  userinfo,
  error,
}: Explanation): Readonly<Record<string, unknown>> => ({ accessToken, idToken, userinfo, error })

/** Finds what differs between what two requests get, or one request with two configurations. */
export function compareExplanations(
  before: Explanation,
  after: Explanation,
): readonly ExplanationDifference[] {
  return compareMembers('', outcomeOf(before), outcomeOf(after))
}

/** Finds what differs between two tokens. */
export function compareTokens(
  before: ExplainedToken,
  after: ExplainedToken | undefined,
): readonly ExplanationDifference[] {
  return compareMembers('', { ...before }, { ...after })
}
