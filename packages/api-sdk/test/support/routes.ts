import {
  all,
  any,
  authorizationDetails,
  claim,
  client,
  machine,
  role,
  scope,
  scopePattern,
  senderConstrained,
  stepUp,
  tenant,
  user,
} from '../../src/index.js'
import type { RequestFacts } from '../../src/index.js'
import type { Route } from './guarded-app.js'

const queryOf = ({ url }: RequestFacts, name: string): string | undefined =>
  new URLSearchParams(url.split('?')[1]).get(name) ?? undefined

const answer: Route['answer'] = ({ auth }) => ({ subject: auth().subject })

/** One route for each kind of guard. */
export const routes: Readonly<Record<string, Route>> = {
  '/': { guard: { needs: 'read' }, answer },
  '/any-token': { guard: {}, answer },
  '/~a': { guard: { needs: 'read' }, answer },
  '/binding': { guard: {}, answer: ({ auth }) => ({ binding: auth().binding }) },
  '/constrained': { guard: { needs: senderConstrained() }, answer },
  '/constrained-mtls': { guard: { needs: senderConstrained('mtls') }, answer },
  '/both': { guard: { needs: ['read', 'write'] }, answer },
  '/optional': {
    guard: { needs: 'read', optional: true },
    answer: ({ maybeAuth }) => ({ subject: maybeAuth()?.subject ?? null }),
  },
  '/pro': { guard: { needs: claim('plan').equals('pro') }, answer },
  '/mfa': { guard: { needs: stepUp({ acrValues: ['urn:mfa', 'urn:key'] }) }, answer },
  '/recent': { guard: { needs: stepUp({ maxAge: 300 }) }, answer },
  '/transfer': {
    guard: { needs: all('read', 'write', stepUp({ acrValues: ['urn:mfa'], maxAge: 300 })) },
    answer,
  },
  '/either': { guard: { needs: any(role('admin'), stepUp({ maxAge: 300 })) }, answer },
  '/admin': { guard: { needs: role('admin') }, answer },
  '/realm-admin': { guard: { needs: role('admin', { at: ['realm_access', 'roles'] }) }, answer },
  '/user': { guard: { needs: user() }, answer },
  '/machine': { guard: { needs: machine() }, answer },
  '/client': { guard: { needs: client('app', 'batch') }, answer },
  '/tenant': { guard: { needs: tenant('a') }, answer },
  '/tenant-of': { guard: { needs: tenant((request) => queryOf(request, 'tenant')) }, answer },
  '/transaction-of': {
    guard: { needs: scopePattern('transaction:*', (request) => queryOf(request, 'id')) },
    answer,
  },
  '/payment': { guard: { needs: authorizationDetails('payment') }, answer },
  '/small-payment': {
    guard: { needs: authorizationDetails('payment', ({ amount }) => Number(amount) >= 50) },
    answer,
  },
  '/any-transaction': { guard: { needs: scopePattern('transaction:*') }, answer },
  '/broken': {
    guard: {
      needs: claim('sub').satisfies(() => {
        throw new Error('no database')
      }),
    },
    answer,
  },
  '/unguarded': { answer },
  '/unguarded-maybe': { answer: ({ maybeAuth }) => ({ subject: maybeAuth()?.subject ?? null }) },
  '/optional-auth': { guard: { optional: true }, answer },
  '/later': {
    guard: { needs: 'read' },
    answer: ({ auth }) => {
      auth().require(scope('write'))
      return 'done'
    },
  },
  '/later-step-up': {
    guard: {},
    answer: ({ auth }) => {
      auth().require(stepUp({ maxAge: 300 }))
      return 'done'
    },
  },
  '/later-tenant': {
    guard: {},
    answer: ({ auth }) => {
      auth().require(tenant('a'))
      return 'done'
    },
  },
  '/transaction': {
    guard: {},
    answer: ({ auth }) => {
      auth().require(scopePattern('transaction:*', '42'))
      return 'done'
    },
  },
  '/bug': {
    guard: {},
    answer: () => {
      throw Object.assign(new Error('mine'), { status: 418, expose: false })
    },
  },
}
