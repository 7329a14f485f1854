/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { VNode } from 'preact'
import { Icon } from '../../parts/icon.js'
import { entryIdOfPath } from '../picture/entry.js'
import type { NumberedDecision } from './causes.js'
import type { ExplainedDecision } from '@bailiwick/core'

const phases = {
  authorization: 'Authorization request',
  token: 'Token request',
  refresh: 'Refresh',
  userinfo: 'Userinfo',
} as const satisfies Record<ExplainedDecision['phase'], string>

/** Whether something comes of a decision: a sign beside it says so. */
function signOf({ type }: ExplainedDecision): 'check' | 'minus' | 'cross' | 'dot' {
  if (type.endsWith('_refused')) return 'cross'
  if (type.endsWith('_left_out') || type.endsWith('_dropped')) return 'minus'
  return type.endsWith('_granted') || type.endsWith('_included') ? 'check' : 'dot'
}

const words = { check: 'Yes', minus: 'Left out', cross: 'Refused', dot: 'Decided' } as const

/** A path of the configuration, which leads to its entry in the picture. */
export function ConfigurationPath({ path }: { readonly path: string }): VNode {
  const id = entryIdOfPath(path)
  return <code>{id === undefined ? path : <a href={`#${id}`}>{path}</a>}</code>
}

function DecisionItem({ id, decision }: NumberedDecision): VNode {
  const sign = signOf(decision)
  const { sentence, rule, path } = decision
  return (
    <li class={`decision ${sign}`} id={id}>
      <Icon of={sign} />
      <div>
        <p>
          <span class="unseen">{words[sign]}: </span>
          {sentence}
        </p>
        <p class="rule">
          <span>{rule}</span>
          {path !== undefined && (
            <>
              {' '}
              <ConfigurationPath path={path} />
            </>
          )}
        </p>
      </div>
    </li>
  )
}

type ProtocolClaim = Extract<ExplainedDecision, { readonly type: 'protocol_claim' }>

const targets = {
  access_token: 'access token',
  id_token: 'ID token',
  userinfo: 'userinfo',
} as const satisfies Record<ProtocolClaim['target'], string>

/** A claim that several tokens have for the same reason. */
interface SharedClaim {
  readonly first: ProtocolClaim
  readonly places: readonly { readonly id: string; readonly target: ProtocolClaim['target'] }[]
}

function shareClaims(numbered: readonly NumberedDecision[]): readonly SharedClaim[] {
  const shared = new Map<string, SharedClaim>()
  for (const { id, decision } of numbered) {
    if (decision.type !== 'protocol_claim') continue
    const key = JSON.stringify([decision.claim, decision.sentence, decision.rule, decision.path])
    const { first, places } = shared.get(key) ?? { first: decision, places: [] }
    shared.set(key, { first, places: [...places, { id, target: decision.target }] })
  }
  return [...shared.values()]
}

/** What every token of its kind says, in fewer words than what was decided. */
function SharedClaimItem({ first: { claim, sentence, rule, path }, places }: SharedClaim): VNode {
  return (
    <li>
      <code>{claim}</code>
      <p>
        {sentence}{' '}
        <span class="rule">
          {places.map(({ id, target }) => (
            <>
              <span id={id}>{targets[target]}</span>,{' '}
            </>
          ))}
          {rule}
          {path !== undefined && (
            <>
              , <ConfigurationPath path={path} />
            </>
          )}
        </span>
      </p>
    </li>
  )
}

function Phase({
  phase,
  numbered,
}: {
  readonly phase: ExplainedDecision['phase']
  readonly numbered: readonly NumberedDecision[]
}): VNode | undefined {
  const own = numbered.filter(({ decision }) => decision.phase === phase)
  if (own.length === 0) return undefined
  const ofProtocol = shareClaims(own)
  return (
    <section aria-labelledby={`phase-${phase}`}>
      <h4 id={`phase-${phase}`}>{phases[phase]}</h4>
      <ol class="decisions">
        {own
          .filter(({ decision }) => decision.type !== 'protocol_claim')
          .map((one) => (
            <DecisionItem {...one} />
          ))}
      </ol>
      {ofProtocol.length > 0 && (
        <ul class="protocol-claims" aria-label={`${phases[phase]}: claims of the protocol`}>
          {ofProtocol.map((one) => (
            <SharedClaimItem {...one} />
          ))}
        </ul>
      )}
    </section>
  )
}

/** The decisions of a request, one phase after another. */
export function DecisionsView({
  numbered,
}: {
  readonly numbered: readonly NumberedDecision[]
}): VNode {
  return (
    <>
      {(['authorization', 'token', 'refresh', 'userinfo'] as const).map((phase) => (
        <Phase phase={phase} numbered={numbered} />
      ))}
    </>
  )
}
