import type { ReportFinding } from '../findings.js'
import type { Section } from '../sources/section.js'
import { readProperties } from './read-properties.js'
import { reportUnknown } from './uncarried-properties.js'

const schemaPrefix = 'http://www.w3.org/2001/XMLSchema#'

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const numberIn = (text: string): unknown => {
  const value = Number(text)
  return text.trim() === '' || Number.isNaN(value) ? text : value
}

/** A value as IdentityServer writes it into tokens. What does not fit its type is a text. */
function typedValue(text: string, valueType = ''): unknown {
  switch (valueType.replace(schemaPrefix, '')) {
    case 'boolean':
      return /^(?:true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text
    case 'integer':
    case 'integer32':
    case 'integer64':
    case 'double':
      return numberIn(text)
    case 'json':
      return parseJson(text)
    default:
      return text
  }
}

/** Maps the claims of a client: several of one type are a list. */
export function mapClientClaims(
  entries: readonly Section[],
  report: ReportFinding,
): Readonly<Record<string, unknown>> | undefined {
  const valuesByType = new Map<string, unknown[]>()
  for (const entry of entries) {
    const reader = readProperties(entry, report)
    const type = reader.text('Type')
    const value = typedValue(reader.text('Value') ?? '', reader.text('ValueType'))
    reportUnknown(reader, report)
    if (type === undefined) {
      report('unreadable-value', {
        path: entry.path,
        message: 'a claim with a Type is needed',
        fix: 'set it in the result, if IdentityServer made something of it',
      })
      continue
    }
    valuesByType.set(type, [...(valuesByType.get(type) ?? []), value])
  }
  if (valuesByType.size === 0) return undefined
  return Object.fromEntries(
    [...valuesByType].map(([type, values]) => [type, values.length === 1 ? values[0] : values]),
  )
}
