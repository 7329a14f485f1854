import type { ExplainRequest } from '@bailiwick/core'

/** Quotes what a shell would take for something else. */
const quote = (text: string): string =>
  /^[\w.:/@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`

/** The command line that explains a request. */
export function explainCommandLine(
  { clientId, grantType, scope, resources = [], claims, user, ...later }: ExplainRequest,
  config: string,
): string {
  const { tokenResource, refresh } = later
  const options = [
    ['config', config],
    ['client', clientId],
    ['grant', grantType],
    ['scope', scope],
    ...resources.map((resource) => ['resource', resource] as const),
    ['user', user?.subject],
    ['claims', claims],
    ...[tokenResource ?? []].flat().map((resource) => ['token-resource', resource] as const),
    ['refresh-scope', refresh?.scope],
    ['refresh-resource', refresh?.resource],
  ] as const
  const words = options.flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, quote(value)],
  )
  const flags = refresh === undefined ? [] : ['--at-refresh']
  return ['bailiwick explain', ...words, ...flags].join(' ')
}
