import { describe, expect, it } from 'vitest'
import { checkConfiguration } from '../../src/configuration/check-configuration.js'
import { lintConfiguration } from '../../src/index.js'
import { lintRules } from '../../src/lint/rules/index.js'
import { lintPage, lintTime, ruleSections } from '../support/lint-examples.js'

const findingsOf = (id: string, configuration: (typeof ruleSections)[number]['examples'][number]) =>
  lintConfiguration(configuration, { now: lintTime }).filter(({ ruleId }) => ruleId === id)

describe('docs/reference/lint.md', () => {
  it('has a section for every rule, in their order, and lists them', () => {
    expect(ruleSections.map(({ id }) => id)).toEqual(lintRules.map(({ id }) => id))
    const rows = [...lintPage.matchAll(/^\| \[([\w-]+)\]\(#([\w-]+)\) +\| (\w+) +\| (.*?) +\|$/gm)]
    expect(
      rows.map(([, id, anchor, severity, title]) => ({ id, anchor, severity, title })),
    ).toEqual(lintRules.map(({ id, severity, title }) => ({ id, anchor: id, severity, title })))
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
