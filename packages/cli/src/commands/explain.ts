import { compareExplanations } from '@bailiwick/core'
import type { Explanation } from '@bailiwick/core'
import { loadConfiguration } from '../configuration/load-configuration.js'
import type { Configuration } from '../configuration/configuration.js'
import {
  createExplainer,
  defaultIssuer,
  explainExisting,
  hasKeys,
  withRealKeys,
} from '../explain/create-explainer.js'
import { explainOptions } from '../explain/explain-options.js'
import type { ExplainValues } from '../explain/explain-options.js'
import { formatDifferences } from '../explain/format-differences.js'
import { formatAnswersTo, formatExplanation, formatTokens } from '../explain/format-explanation.js'
import { readExplainRequest } from '../explain/read-explain-request.js'
import { styleFor } from '../explain/text-style.js'
import { readArguments } from '../read-arguments.js'
import { UsageError } from '../usage-error.js'
import type { Command, CommandContext } from './command.js'

const asJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`

async function load({ config }: ExplainValues): Promise<Configuration> {
  if (config === undefined) throw new UsageError('--config FILE is needed')
  return loadConfiguration(config, { defaultIssuer })
}

async function explainRequest(values: ExplainValues): Promise<Explanation> {
  const configuration = await load(values)
  const request = readExplainRequest(values, configuration)
  return withRealKeys(await createExplainer(configuration).explain(request), configuration)
}

function writeExplanation(
  explanation: Explanation,
  { json, 'why-not': question }: ExplainValues,
  { stdout }: Pick<CommandContext, 'stdout'>,
): void {
  const { answers } = explanation
  if (json !== undefined) stdout.write(asJson(question === undefined ? explanation : { answers }))
  else if (question !== undefined) stdout.write(formatAnswersTo(answers))
  else stdout.write(formatExplanation(explanation, styleFor(stdout)))
}

async function compare(
  [before, after]: readonly [ExplainValues, ExplainValues],
  { json }: ExplainValues,
  { stdout }: CommandContext,
): Promise<void> {
  const [first, second] = await Promise.all([explainRequest(before), explainRequest(after)])
  const differences = compareExplanations(first, second)
  stdout.write(
    json === undefined
      ? formatDifferences(differences)
      : asJson({ before: first, after: second, differences }),
  )
}

async function explainToken(
  token: string,
  values: ExplainValues,
  { stdout }: CommandContext,
): Promise<void> {
  const configuration = await load(values)
  const explanation = await explainExisting(token, configuration, values.store)
  const now = withRealKeys(explanation.now, configuration)
  // A signature can be checked with keys that are there only.
  const isChecked = explanation.token.header === undefined || hasKeys(configuration)
  const { isGenuine: _, ...others } = { ...explanation, now }
  if (values.json !== undefined) {
    stdout.write(asJson(isChecked ? { ...explanation, now } : others))
    return
  }
  const { decisions, error } = now
  const style = styleFor(stdout)
  const verdict = explanation.isGenuine
    ? 'It is one of this server.'
    : 'It is not one of this server.'
  stdout.write(
    [
      formatTokens({ accessToken: explanation.token, decisions }, style),
      isChecked ? verdict : 'Its signature was not checked: the keys are in the store.',
      '',
      style.heading('What would differ if it were issued now'),
      error === undefined
        ? formatDifferences(explanation.differences)
        : `There would be none: ${error.error} (${error.error_description}).\n`,
    ].join('\n'),
  )
}

/** What stands before and after `--diff`. */
function splitAtDiff(
  args: readonly string[],
): readonly [args: readonly string[], others: readonly string[] | undefined] {
  const at = args.indexOf('--diff')
  return at < 0 ? [args, undefined] : [args.slice(0, at), args.slice(at + 1)]
}

async function run(args: readonly string[], context: CommandContext): Promise<void> {
  const [first, second] = splitAtDiff(args)
  const values = readArguments(explainOptions, first)
  if (second !== undefined) {
    const changes = readArguments(explainOptions, second)
    if (second.includes('--diff')) throw new UsageError('--diff may be given once')
    if (values.token !== undefined || changes.token !== undefined) {
      throw new UsageError('--diff compares requests, not --token')
    }
    const after = { ...values, ...changes }
    await compare([values, after], after, context)
    return
  }
  if (values.token !== undefined) return explainToken(values.token, values, context)
  writeExplanation(await explainRequest(values), values, context)
}

/** `bailiwick explain`: tells which tokens a request gets, and why. */
export const explainCommand: Command = {
  name: 'explain',
  summary: 'Tells which tokens a request gets, and why.',
  synopsis:
    'explain --config FILE (--client ID [--scope SCOPES] [--resource URI] [--user NAME] | --token TOKEN) [--why-not NAME] [--json] [--diff …]',
  options: explainOptions,
  run,
}
