import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createPages } from '../src/index.js'
import type { Theme, UiOptions } from '../src/index.js'
import { createWorld } from './support/world.js'

function problemsOf(make: () => unknown): readonly string[] {
  try {
    make()
    return []
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return error.problems.map(({ path }) => path)
  }
}

describe('a theme', () => {
  it('sets custom properties, in one colour scheme or in both', async () => {
    const theme: Theme = {
      accent: { light: '#123456', dark: 'rgb(1 2 3 / 50%)' },
      font: '"My Font", serif',
    }
    const { body = '' } = await createWorld({ theme }).get('/interaction/style.css')
    const [light = '', dark = ''] = body.split('\n')
    expect(light).toContain('--bailiwick-accent: #123456;')
    expect(dark).toContain('--bailiwick-accent: rgb(1 2 3 / 50%);')
    expect(light).toContain('--bailiwick-font: "My Font", serif;')
    expect(light).toContain('--bailiwick-accent-text:')
  })

  it.each([
    'red; } body { display: none',
    'red}',
    '{',
    '<style>',
    'url(https://evil.example/)',
    'URL (x)',
    'image-set("x" 1x)',
    'red /* ',
    '"open',
    `'open`,
    'rgb(1',
    'red\\',
    '@import',
    'a\n}',
    '',
  ])('cannot be %j', (value) => {
    expect(problemsOf(() => createWorld({ theme: { accent: value } }))).toEqual(['theme.accent'])
    const both = { accent: { light: '#000', dark: value } }
    expect(problemsOf(() => createPages({ theme: both }))).toEqual(['theme.accent'])
  })

  it('sets only what there is', () => {
    const theme = { colour: 'red', constructor: 'x' } as unknown as Theme
    expect(problemsOf(() => createWorld({ theme }))).toEqual(['theme.colour', 'theme.constructor'])
  })
})

describe('options that cannot work', () => {
  it.each<[Partial<UiOptions>, string]>([
    [{ interactionPath: 'ask' }, 'interactionPath'],
    [{ interactionPath: '/ask/' }, 'interactionPath'],
    [{ grantsPath: '/a b' }, 'grantsPath'],
    [{ grantsPath: '/interaction/grants' }, 'grantsPath'],
    [{ register: 'javascript:alert(1)' }, 'register'],
    [{ register: '/register' }, 'register'],
    [{ logo: 'javascript:alert(1)' }, 'logo'],
    [{ logo: '//evil.example/logo' }, 'logo'],
    [{ logo: 'http://example.com/logo' }, 'logo'],
    [{ texts: { 'not a tag': {} } }, 'texts.not a tag'],
  ])('%j', (options, path) => {
    expect(problemsOf(() => createWorld(options))).toEqual([path])
  })

  it('are all named at once', () => {
    expect(problemsOf(() => createWorld({ logo: 'x', grantsPath: 'x' }))).toEqual([
      'logo',
      'grantsPath',
    ])
  })
})

describe('pages of your own', () => {
  it('take the place of ours and keep frame and header fields', async () => {
    const pages: UiOptions['pages'] = {
      login: ({ form, client }) => ({
        title: 'Mine',
        body: `<h1>For ${client?.clientId}</h1><form method="post" action="${form.action}"></form>`,
      }),
    }
    const { headers, body } = await createWorld({ pages }).get()
    expect(body).toContain('<title>Mine</title>')
    expect(body).toContain(
      '<main class="card"><h1>For acme</h1><form method="post" action="/interaction/i1">',
    )
    expect(body).toContain('You are at id.example.com')
    expect(headers['content-security-policy']).toContain(`default-src 'none'`)
  })

  it('do not replace the others', async () => {
    const world = createWorld({ pages: { login: () => ({ title: '', body: '' }) } })
    expect((await world.get('/interaction/unknown')).body).toContain('This page is no longer valid')
  })
})

describe('name and logo', () => {
  it('is the host of the issuer where nobody said', async () => {
    expect((await createWorld().get()).body).toContain('<span>id.example.com</span>')
    expect((await createWorld({ name: 'R & D' }).get()).body).toContain('<span>R &amp; D</span>')
  })

  it('is the logo, called by the name', async () => {
    const { body } = await createWorld({ name: 'Example', logo: '/logo.svg' }).get()
    expect(body).toContain('<img src="/logo.svg" alt="Example"/>')
  })
})
