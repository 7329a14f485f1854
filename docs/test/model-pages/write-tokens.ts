import type { ExplainedToken, Explanation } from '@bailiwick/core'
import { jsonBlock } from './format-page.js'

/** What is another each time is the same in a page, which would change with every run otherwise. */
const moment = 1_795_370_609
const ofTheMoment = {
  iat: moment,
  nbf: moment,
  auth_time: moment,
  jti: '24689ef7-4fa2-4d2c-bfd0-1868bd69ad1d',
  sid: 'Zx0Yq5mCkW3v8bTtR1nJ2A',
  at_hash: 'gq3wS0yVb9kX1oTfLmE7Ug',
}

function settle(claims: ExplainedToken['claims']): ExplainedToken['claims'] {
  const settled: Readonly<Record<string, unknown>> = {
    ...ofTheMoment,
    exp: moment + Number(claims['exp']) - Number(claims['iat']),
  }
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [name, settled[name] ?? value]),
  )
}

const block = (heading: string, value: object): string => `${heading}\n\n${jsonBlock(value)}`

const describeHeader = ({ header = {} }: ExplainedToken): string =>
  `(\`alg\` ${String(header['alg'])}, \`typ\` ${String(header['typ'])})`

/** Writes what a client gets: the tokens and what userinfo answers, or the error. */
export function writeTokens({ accessToken, idToken, userinfo, error }: Explanation): string {
  if (error !== undefined) {
    const { error: code, error_description: description } = error
    return block('The answer:', { error: code, error_description: description })
  }
  return [
    ...(accessToken
      ? [block(`The access token ${describeHeader(accessToken)}:`, settle(accessToken.claims))]
      : []),
    ...(idToken ? [block(`The ID token ${describeHeader(idToken)}:`, settle(idToken.claims))] : []),
    ...(userinfo ? [block('What userinfo answers to the access token:', userinfo)] : []),
  ].join('\n\n')
}
