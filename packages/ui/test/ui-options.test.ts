import { ConfigurationError } from '@bailiwick/protocol'
import { describe, expect, it } from 'vitest'
import { createPages } from '../src/index.js'
import type { PageRenderers, Theme, UiOptions } from '../src/index.js'
import { createExplorerWorld } from './support/explorer-world.js'
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

  it.each([null, 5, ['red'], {}, { light: '#000' }, { light: '#000', dark: null }])(
    'cannot be %j, which is no text',
    (value) => {
      const theme = { accent: value } as unknown as Theme
      expect(problemsOf(() => createWorld({ theme }))).toEqual(['theme.accent'])
      expect(problemsOf(() => createPages({ theme }))).toEqual(['theme.accent'])
      expect(problemsOf(() => createExplorerWorld({ theme }))).toEqual(['theme.accent'])
    },
  )

  it('has the default for what is undefined', async () => {
    const theme = { accent: undefined, radius: undefined } as unknown as Theme
    const style = '/interaction/style.css'
    expect((await createWorld({ theme }).get(style)).body).toBe(
      (await createWorld().get(style)).body,
    )
    const explorerStyle = '/explorer/style.css'
    expect((await createExplorerWorld({ theme }).get(explorerStyle)).body).toBe(
      (await createExplorerWorld().get(explorerStyle)).body,
    )
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

  it.each<[string, unknown, string]>([
    ['name', 5, 'name'],
    ['logo', ['/logo.svg'], 'logo'],
    ['theme', null, 'theme'],
    ['theme', 'dark', 'theme'],
    ['texts', null, 'texts'],
    ['texts', { fr: null }, 'texts.fr'],
    ['texts', { fr: { signIn: 5 } }, 'texts.fr.signIn'],
    ['interactionPath', ['/ask'], 'interactionPath'],
    ['grantsPath', 5, 'grantsPath'],
    ['register', null, 'register'],
    ['pages', null, 'pages'],
    ['pages', { login: '<p>' }, 'pages.login'],
    ['authenticate', undefined, 'authenticate'],
    ['describeUser', 'name', 'describeUser'],
    ['onError', 'log', 'onError'],
  ])('%s as %j, which only JavaScript lets pass', (name, value, path) => {
    expect(problemsOf(() => createWorld({ [name]: value }))).toEqual([path])
  })

  it.each<[string, unknown, string]>([
    ['issuer', 'id.example.com', 'issuer'],
    ['pages', { failure: '<p>' }, 'pages.failure'],
  ])('%s of createPages as %j', (name, value, path) => {
    expect(problemsOf(() => createPages({ [name]: value }))).toEqual([path])
  })

  it.each<[string, unknown, string]>([
    ['subjects', null, 'subjects'],
    ['subjects', [5], 'subjects'],
    ['onError', 'log', 'onError'],
  ])('%s of the explorer as %j', (name, value, path) => {
    expect(problemsOf(() => createExplorerWorld({ [name]: value }))).toEqual([path])
  })

  it('are all named at once', () => {
    expect(problemsOf(() => createWorld({ logo: 'x', grantsPath: 'x' }))).toEqual([
      'logo',
      'grantsPath',
    ])
  })
})

describe('options that are there and undefined', () => {
  it('are settings that nobody made', async () => {
    const names = ['name', 'logo', 'theme', 'texts', 'interactionPath', 'describeUser', 'register']
    const options = Object.fromEntries(
      [...names, 'pages', 'grantsPath', 'onError'].map((name) => [name, undefined]),
    )
    expect((await createWorld(options).get()).body).toBe((await createWorld().get()).body)
  })

  it('leave a page as ours is', async () => {
    const pages = { login: undefined, failure: undefined } as unknown as PageRenderers
    const world = createWorld({ pages })
    expect((await world.get()).body).toBe((await createWorld().get()).body)
    const failed = {
      error: 'invalid_request',
      description: '',
      status: 400,
      uiLocales: [],
    } as const
    expect(createPages({ pages }).error(failed).body).toBe(createPages().error(failed).body)
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
