import type { HttpResponse } from '@bailiwick/protocol'
import { createPages } from '../../src/index.js'
import { consent, exampleGrants } from './examples.js'
import { createWorld, issuer } from './world.js'
import type { WorldOptions } from './world.js'

const signedIn = { user: { subject: '123' } } as const
const describeUser = async (): Promise<string> => 'alice@example.com'
const register = 'https://id.example.com/register'
const name = 'Example ID'

const shown = (options: WorldOptions, url?: string): Promise<HttpResponse> =>
  createWorld({ describeUser, name, ...options }).get(url)

const answered = (
  options: WorldOptions,
  fields: Readonly<Record<string, string>>,
): Promise<HttpResponse> => createWorld({ describeUser, name, ...options }).post(fields)

const pages = createPages({ issuer, name })

/** Every page there is, by what it shows. */
export const allPages: Readonly<Record<string, () => Promise<HttpResponse>>> = {
  login: () => shown({ register }),
  'login-hint': () =>
    shown({ interaction: { loginHint: 'alice', client: undefined, redirectUri: undefined } }),
  'login-wrong': () => answered({ register }, { username: 'alice', password: 'guess' }),
  'login-throttled': () => answered({ wait: 290 }, { username: 'alice', password: 'guess' }),
  'select-account': () => shown({ interaction: { ...signedIn, prompt: 'select_account' } }),
  create: () => shown({ register, interaction: { prompt: 'create' } }),
  'create-impossible': () => shown({ interaction: { prompt: 'create' } }),
  consent: () => shown({ interaction: { ...signedIn, prompt: 'consent', consent } }),
  'consent-german': () =>
    shown({ interaction: { ...signedIn, prompt: 'consent', consent, uiLocales: ['de'] } }),
  'consent-nothing': () =>
    answered(
      { interaction: { ...signedIn, prompt: 'consent', consent: { ...consent, aboutYou: [] } } },
      { decision: 'allow' },
    ),
  logout: () => shown({ interaction: { ...signedIn, prompt: 'logout' } }),
  grants: () => shown({ subject: '123', grants: exampleGrants }, '/grants'),
  'grants-revoked': () =>
    shown({ subject: '123', grants: exampleGrants.slice(1) }, '/grants?revoked=acme'),
  'grants-none': () => shown({ subject: '123' }, '/grants'),
  'not-valid': () => shown({}, '/interaction/unknown'),
  'other-browser': () => shown({ interaction: { browser: 'another' } }),
  'server-error': () =>
    shown({ describeUser: async () => Promise.reject(new Error('down')), interaction: signedIn }),
  'bad-request': async () =>
    pages.error({
      error: 'invalid_request',
      description: `redirect_uri 'https://app.acme.example/wrong' is not registered`,
      status: 400,
      uiLocales: [],
    }),
  'signed-out': async () =>
    pages.loggedOut({
      clientName: 'Acme Invoices',
      redirectUri: 'https://app.acme.example/bye?state=1',
      frontChannelLogoutUris: ['https://app.acme.example/logout'],
      uiLocales: [],
    }),
  'signed-out-for-good': async () =>
    pages.loggedOut({
      clientName: undefined,
      redirectUri: undefined,
      frontChannelLogoutUris: [],
      uiLocales: [],
    }),
}
