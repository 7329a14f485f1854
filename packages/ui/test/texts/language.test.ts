import { describe, expect, it } from 'vitest'
import type { TextOverrides } from '../../src/index.js'
import { de } from '../../src/texts/de.js'
import { en } from '../../src/texts/en.js'
import { createWorld } from '../support/world.js'
import type { WorldOptions } from '../support/world.js'

async function languageOf(options: WorldOptions, accepted?: string): Promise<string | undefined> {
  const { body = '' } = await createWorld(options).get(undefined, { 'accept-language': accepted })
  return /<html lang="([^"]+)"/.exec(body)?.[1]
}

describe('the language of a page', () => {
  it.each([
    [[], undefined, 'en'],
    [[], 'de', 'de'],
    [[], 'de-CH-1996', 'de'],
    [[], 'fr, de;q=0.5, en;q=0.9', 'en'],
    [[], 'DE;q=0.9,en;q=0.1', 'de'],
    [[], 'de;q=0, fr', 'en'],
    [[], ',;q=x,-', 'en'],
    [['de'], 'en', 'de'],
    [['fr', 'de-AT'], 'en', 'de'],
    [['fr'], 'de', 'de'],
  ])('for ui_locales %j and Accept-Language %j', async (uiLocales, accepted, expected) => {
    expect(await languageOf({ interaction: { uiLocales } }, accepted)).toBe(expected)
  })

  it('is not looked for by a tag that is longer than any, which would keep the server busy', async () => {
    const tagOf = (length: number): string => 'de-'.padEnd(length, 'x-')
    expect(await languageOf({}, tagOf(35))).toBe('de')
    expect(await languageOf({}, tagOf(36))).toBe('en')
    expect(await languageOf({ interaction: { uiLocales: [tagOf(300)] } })).toBe('en')
  })

  it('is that of the browser where the interaction is not known', async () => {
    const { body } = await createWorld().get('/interaction/unknown', { 'accept-language': 'de' })
    expect(body).toContain('Diese Seite gilt nicht mehr')
  })
})

describe('texts of your own', () => {
  it('take the place of single ones', async () => {
    const { body } = await createWorld({ texts: { en: { username: 'E-mail' } } }).get()
    expect(body).toContain('<label for="username">E-mail</label>')
    expect(body).toContain('<label for="password">Password</label>')
  })

  it('leave what is undefined as ours is', async () => {
    const texts = { en: { username: undefined }, fr: undefined } as unknown as TextOverrides
    const { body } = await createWorld({ texts }).get()
    expect(body).toBe((await createWorld().get()).body)
    expect(await languageOf({ texts }, 'fr, de;q=0.5')).toBe('de')
  })

  it('add languages, which fall back to English', async () => {
    const texts = { ar: { direction: 'rtl', signIn: 'تسجيل الدخول' } }
    const { body } = await createWorld({ texts, interaction: { uiLocales: ['ar-EG'] } }).get()
    expect(body).toContain('<html lang="ar" dir="rtl">')
    expect(body).toContain('تسجيل الدخول')
    expect(body).toContain('Password')
  })

  it('of a variant fall back to its language', async () => {
    const texts = { 'de-CH': { cancel: 'Abbruch' } }
    const { body } = await createWorld({ texts, interaction: { uiLocales: ['de-CH'] } }).get()
    expect(body).toContain('<html lang="de-CH"')
    expect(body).toContain('Abbruch')
    expect(body).toContain('Passwort')
  })
})

it.each(Object.keys(en) as (keyof typeof en)[])(
  'says %s with the same values in German',
  (name) => {
    const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted()
    expect(placeholders(de[name])).toEqual(placeholders(en[name]))
  },
)
