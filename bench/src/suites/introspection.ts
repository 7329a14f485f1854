import type {
  IntrospectionContender,
  Introspector,
} from '../introspection/introspection-contender.js'
import { prepareIntrospection } from '../introspection/prepare-introspection.js'
import type { Entrant, Race } from '../measure/race.js'
import { raceSection } from './race-section.js'
import type { RaceTargets } from './race-section.js'
import type { Suite } from './suite.js'

type Framework = IntrospectionContender['framework']

const names = {
  bailiwick: 'Bailiwick',
  'oidc-provider': 'oidc-provider',
} as const satisfies Record<Introspector, string>

const targets: RaceTargets = { [names['oidc-provider']]: { bound: 'at least', ratio: 1.5 } }

const raceOn = (framework: Framework): Race => ({
  title: framework,
  entrants: (['bailiwick', 'oidc-provider'] as const).map((introspector): Entrant => ({
    name: names[introspector],
    contender: { suite: 'introspection', framework, introspector },
  })),
  prepare: prepareIntrospection,
})

/** How fast the introspection endpoint is. */
export const introspection: Suite = {
  name: 'introspection',
  description: 'an API with client_secret_basic, opaque access tokens, stores in memory',
  sections: (['node:http', 'Koa'] as const).map(
    (framework) => (track) => raceSection(raceOn(framework), targets, track),
  ),
}
