/** Letters of other scripts that look like Latin ones, and digits that look like letters. */
const lookAlikes: ReadonlyMap<string, string> = new Map([
  ...Array.from(
    '\u0430\u0435\u043E\u0440\u0441\u0443\u0445\u0456\u0458\u0455',
    (cyrillic, index) => {
      return [cyrillic, 'aeopcyxijs'.charAt(index)] as const
    },
  ),
  ...Array.from('\u03B1\u03BF\u03BD\u03C1', (greek, index) => {
    return [greek, 'aovp'.charAt(index)] as const
  }),
  ['0', 'o'],
  ['1', 'l'],
])

/** Names of so few letters differ in one on purpose. */
const shortest = 5

const withoutSlash = (name: string): string => name.replace(/\/+$/, '')

/** A name, and what is left of it for somebody who reads it in a hurry. */
export interface Reading {
  readonly name: string
  readonly skeleton: string
}

/** Reads a name as somebody does who is in a hurry. */
export function readingOf(name: string): Reading {
  const letters = Array.from(withoutSlash(name.normalize('NFKC').toLowerCase()))
  const skeleton = letters.map((character) => lookAlikes.get(character) ?? character).join('')
  return { name, skeleton }
}

/** How many characters two texts have in common, counted from where `at` begins to count. */
function inCommon(one: string, other: string, at: (text: string, count: number) => string): number {
  const most = Math.min(one.length, other.length)
  let count = 0
  while (count < most && at(one, count) === at(other, count)) count += 1
  return count
}

const fromStart = (text: string, count: number): string => text.charAt(count)
const fromEnd = (text: string, count: number): string => text.charAt(text.length - 1 - count)

const isLetter = (character = ''): boolean => /\p{L}/u.test(character)

/** Whether two names are one slip of the keyboard apart. Numbers and names of one letter are meant to differ. */
function isSlip(one: string, other: string): boolean {
  if (Math.min(one.length, other.length) < shortest) return false
  if (Math.abs(one.length - other.length) > 1) return false
  const start = inCommon(one, other, fromStart)
  const [rest, otherRest] = [one.slice(start), other.slice(start)]
  const end = inCommon(rest, otherRest, fromEnd)
  const typed = rest.slice(0, rest.length - end)
  const otherTyped = otherRest.slice(0, otherRest.length - end)
  if (/\d/.test(typed + otherTyped)) return false
  if (typed.length === 2) return typed.charAt(1) + typed.charAt(0) === otherTyped
  if (typed.length > 1 || otherTyped.length > 1) return false
  const isWholeWord = !isLetter(one[start - 1]) && !isLetter(rest[typed.length])
  return !isWholeWord || typed === '' || otherTyped === ''
}

const differenceOf = (one: string, other: string): string => {
  if (one.toLowerCase() === other.toLowerCase()) return 'differ only by case'
  return withoutSlash(one) === withoutSlash(other)
    ? 'differ only by a slash at the end'
    : 'look the same'
}

/** Says in what two different names are so alike that people take one for the other; `undefined` if they are not. */
export function likenessOf(one: Reading, other: Reading): string | undefined {
  if (one.name === other.name) return undefined
  if (one.skeleton === other.skeleton) return differenceOf(one.name, other.name)
  return isSlip(one.name, other.name) ? 'are one slip of the keyboard apart' : undefined
}
