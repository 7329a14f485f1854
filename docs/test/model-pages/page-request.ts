import type { Configuration } from '@bailiwick/cli'
import type { Explanation } from '@bailiwick/core'
import { temporaryFile } from '../../../packages/cli/test/support/files.js'
import { runInProcess } from '../../../packages/cli/test/support/run-in-process.js'

/** What `bailiwick explain` says of a request, for people and for programs. */
export interface Explained {
  /** What a reader types. */
  readonly commandLine: string
  readonly text: () => Promise<string>
  readonly explanation: () => Promise<Explanation>
  readonly configuration: Configuration
}

async function run(args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runInProcess(...args)
  if (exitCode !== 0) throw new Error(`bailiwick ${args.join(' ')}: ${stderr}`)
  return stdout
}

/** Each run makes keys, so what was said once is not asked again. */
function once<Result>(ask: () => Promise<Result>): () => Promise<Result> {
  let asked: Promise<Result> | undefined
  return () => (asked ??= ask())
}

/**
 * Explains requests as they stand in a page, in the words of `bailiwick explain`:
 * `client=web&user=alice&scope=openid invoice.read`. What has no value, such as `diff`, is an option without one.
 */
export async function createExplainer(json: string): Promise<(request: string) => Explained> {
  const file = await temporaryFile('bailiwick.json', json)
  const explainedByRequest = new Map<string, Explained>()
  const explain = (request: string): Explained => {
    const args = [...new URLSearchParams(request)].flatMap(([name, value]) =>
      value === '' ? [`--${name}`] : [`--${name}`, value],
    )
    const words = args.map((word) => (word.includes(' ') ? `"${word}"` : word))
    const asked = ['explain', '--config', file, ...args]
    return {
      commandLine: `npx bailiwick explain --config bailiwick.json ${words.join(' ')}`,
      text: once(() => run(asked)),
      explanation: once(async () => JSON.parse(await run([...asked, '--json'])) as Explanation),
      configuration: JSON.parse(json) as Configuration,
    }
  }
  return (request) => {
    const explained = explainedByRequest.get(request) ?? explain(request)
    explainedByRequest.set(request, explained)
    return explained
  }
}
