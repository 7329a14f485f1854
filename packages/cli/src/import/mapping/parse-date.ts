const dateAndTime =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))? ?(Z|[+-]\d\d(?::?\d\d)?)?$/i

/** Databases have words for a date that never comes, and .NET has the last date it knows. */
const never = /^(?:infinity|9999-12-31.*)$/i

const zoneOf = (zone = 'Z'): string => (/^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone)

/**
 * Reads a date as JSON, PostgreSQL and SQLite write them. One without a zone is UTC, with which IdentityServer compares it.
 *
 * @returns an invalid date for another text; `undefined` for none, and for a date that never comes.
 */
export function parseDate(text: string): Date | undefined {
  if (text === '' || never.test(text)) return undefined
  const [, date = '', time = '00:00', zone] = dateAndTime.exec(text.trim()) ?? []
  return new Date(`${date}T${time}${zoneOf(zone)}`)
}
