import { describe, expect, it } from 'vitest'
import { rewriteBlocks } from '../../../../tests/support/rewrite-blocks.js'
import { checkConfiguration } from '../../src/configuration/check-configuration.js'
import { lintConfiguration } from '../../src/index.js'
import type { Severity } from '../../src/index.js'
import { lintRules } from '../../src/lint/rules/index.js'
import { lintPage, lintPagePath, lintTime, ruleSections } from '../support/lint-examples.js'

const findingsOf = (id: string, configuration: (typeof ruleSections)[number]['examples'][number]) =>
  lintConfiguration(configuration, { now: lintTime }).filter(({ ruleId }) => ruleId === id)

const severities: readonly Severity[] = ['error', 'warning', 'info']

/** Lists the rules, the gravest first. */
const writeRules = (): string =>
  severities
    .flatMap((severity) => [
      `**${severity}**`,
      lintRules
        .filter((rule) => rule.severity === severity)
        .map(({ id, title }) => `- [${id}](#${id}): ${title}`)
        .join('\n'),
    ])
    .join('\n\n')

describe('docs/reference/lint.md', () => {
  it('has a section for every rule, in their order', () => {
    expect(ruleSections.map(({ id }) => id)).toEqual(lintRules.map(({ id }) => id))
  })

  // `pnpm docs:reference` rewrites the page with what is expected here.
  it('lists the rules', async () => {
    expect(lintPage).toContain('<!-- rules -->')
    await expect(rewriteBlocks(lintPage, 'rules', writeRules)).toMatchFileSnapshot(lintPagePath)
  })
})

describe.each(ruleSections)('the rule $id', ({ id, text, examples }) => {
  const [found, fixed, fine] = examples

  it('is documented as it is', () => {
    const rule = lintRules.find((candidate) => candidate.id === id)
    expect(text).toContain(`**${rule?.severity}**: ${rule?.title}\n\n${rule?.why}\n`)
    expect(examples).toHaveLength(3)
  })

  it('is about configurations that a server starts with', () => {
    for (const example of examples) {
      expect(checkConfiguration(example, { defaultIssuer: 'http://127.0.0.1:5001' })).toEqual(
        example,
      )
    }
  })

  it('finds what it is about, once', () => {
    expect(findingsOf(id, found!)).toEqual([
      {
        ruleId: id,
        severity: expect.stringMatching(/^(?:error|warning|info)$/) as string,
        path: expect.stringMatching(
          /^[a-zA-Z]+(?:\[\d+\])?(?:\.[a-zA-Z]+(?:\[\d+\])?)*$/,
        ) as string,
        message: expect.stringMatching(/^\S.*[^.]$/) as string,
        why: expect.stringMatching(/\.$/) as string,
        fix: expect.stringMatching(/^[a-z].*[^.]$/) as string,
        url: `docs/reference/lint.md#${id}`,
      },
    ])
  })

  it('is silent when it is fixed', () => {
    expect(findingsOf(id, fixed!)).toEqual([])
  })

  it('is silent about what only looks alike', () => {
    expect(findingsOf(id, fine!)).toEqual([])
  })
})
