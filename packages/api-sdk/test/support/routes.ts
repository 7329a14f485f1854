import { claim, scope } from '../../src/index.js'
import type { Route } from './guarded-app.js'

const answer: Route['answer'] = ({ auth }) => ({ subject: auth().subject })

/** One route for each kind of guard. */
export const routes: Readonly<Record<string, Route>> = {
  '/': { guard: { needs: 'read' }, answer },
  '/any-token': { guard: {}, answer },
  '/both': { guard: { needs: ['read', 'write'] }, answer },
  '/optional': {
    guard: { needs: 'read', optional: true },
    answer: ({ maybeAuth }) => ({ subject: maybeAuth()?.subject ?? null }),
  },
  '/pro': { guard: { needs: claim('plan').equals('pro') }, answer },
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
  '/bug': {
    guard: {},
    answer: () => {
      throw Object.assign(new Error('mine'), { status: 418, expose: false })
    },
  },
}
