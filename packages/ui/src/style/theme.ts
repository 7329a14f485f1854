import { given } from '@bailiwick/protocol'
import type { ConfigurationProblem } from '@bailiwick/protocol'
import { checkMembers } from '../check-members.js'
import type { Check } from '../check-members.js'

/** What a theme can change, and what it is without one. `--bailiwick-accent` in the stylesheet is `accent` here, and so on. */
export const themeDefaults = {
  /** Buttons, links and the focus ring. */
  accent: { light: '#0b6259', dark: '#6fd3c3' },
  /** Text on the accent colour. */
  accentText: { light: '#ffffff', dark: '#06241f' },
  /** Behind the card. */
  background: { light: '#f4f5f2', dark: '#0e1211' },
  /** The card. */
  surface: { light: '#ffffff', dark: '#171c1b' },
  text: { light: '#18201e', dark: '#e9eeec' },
  /** Hints and labels of lesser weight. */
  mutedText: { light: '#57615e', dark: '#a3afab' },
  /** Lines that only separate. */
  border: { light: '#e1e5e1', dark: '#2b3331' },
  /** Lines of fields and buttons, which have to be seen. */
  controlBorder: { light: '#7d8885', dark: '#72807b' },
  problem: { light: '#a8231d', dark: '#ff9d93' },
  radius: '0.625rem',
  font: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif',
} as const satisfies Readonly<Record<string, ThemeValue>>

/** A CSS value, or one for each colour scheme. */
export type ThemeValue = string | { readonly light: string; readonly dark: string }

/** What a theme can change. */
export type ThemeProperty = keyof typeof themeDefaults

/** Values of the CSS custom properties of the stylesheet. A colour needs one for each scheme to be legible in both. */
export type Theme = Readonly<Partial<Record<ThemeProperty, ThemeValue>>>

const customProperty = (property: string): string =>
  `--bailiwick-${property.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

const inScheme = (value: ThemeValue, scheme: 'light' | 'dark'): string =>
  typeof value === 'string' ? value : value[scheme]

/** Writes the declarations of a theme for one colour scheme. */
export function declarations(theme: Theme, scheme: 'light' | 'dark'): string {
  return Object.entries<ThemeValue>({ ...themeDefaults, ...given(theme) })
    .map(([property, value]) => `${customProperty(property)}: ${inScheme(value, scheme)};`)
    .join(' ')
}

const count = (text: string, part: string): number => text.split(part).length - 1

/** Nothing that ends a declaration, opens a comment or a string that stays open, or loads something. */
function isHarmless(value: string): boolean {
  return (
    /^[\w\s#%.,()'"+*/-]+$/.test(value) &&
    !/url\s*\(|image\s*\(|image-set\s*\(|\/\*/i.test(value) &&
    count(value, '(') === count(value, ')') &&
    count(value, '"') % 2 === 0 &&
    count(value, "'") % 2 === 0
  )
}

function valuesOf(value: unknown): readonly unknown[] {
  const isPair = typeof value === 'object' && value !== null && 'light' in value && 'dark' in value
  return isPair ? [value.light, value.dark] : [value]
}

const checkProperty: Check = (path, value, property) => {
  if (!Object.hasOwn(themeDefaults, property)) {
    const message = `is not known; there are ${Object.keys(themeDefaults).join(', ')}`
    return [{ path, message }]
  }
  const values = valuesOf(value)
  if (!values.every((each) => typeof each === 'string')) {
    return [{ path, message: 'must be a CSS value, or { light, dark } with one for each scheme' }]
  }
  return values.every(isHarmless)
    ? []
    : [{ path, message: 'must be a plain CSS value without ; { } < \\ or url()' }]
}

/** Finds what is no value, and the values that could be more than a value. */
export const checkTheme = (theme: unknown): readonly ConfigurationProblem[] =>
  checkMembers('theme', theme, checkProperty)
