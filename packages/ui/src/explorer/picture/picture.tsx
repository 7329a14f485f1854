/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { Icon } from '../../parts/icon.js'
import { connect } from './connections.js'
import type { Connections } from './connections.js'
import { EntryCard } from './entry-card.js'
import type { Entry, EntryKind } from './entry.js'

/** Entries that stand together under one heading. */
interface Group {
  readonly kind: EntryKind
  readonly heading: string
  readonly hint: string | undefined
  readonly isIsolated: boolean
  readonly entries: readonly Entry[]
}

const headings = {
  client: 'Clients',
  scope: 'API scopes',
  api: 'API resources',
  identity: 'Identity resources',
  claim: 'Claims',
} as const satisfies Record<EntryKind, string>

/** From left to right: each leads to those on its right. */
const columns: readonly (readonly EntryKind[])[] = [
  ['client'],
  ['scope'],
  ['api', 'identity'],
  ['claim'],
]

/** A group that is longer scrolls by itself, so that the others stay in sight. */
const mostInSight = 4

const isolatedHint = 'Has to be named with resource, and is then the only audience.'

function groupsOf(kind: EntryKind, entries: readonly Entry[]): readonly Group[] {
  const ofKind = entries.filter((entry) => entry.kind === kind)
  const isolated = ofKind.filter(({ isIsolated }) => isIsolated)
  const open = ofKind.filter(({ isIsolated }) => !isIsolated)
  const group = { kind, heading: headings[kind], hint: undefined, isIsolated: false }
  return [
    ...(open.length > 0 || isolated.length === 0 ? [{ ...group, entries: open }] : []),
    ...(isolated.length > 0
      ? [
          {
            kind,
            heading: 'Isolated API resources',
            hint: isolatedHint,
            isIsolated: true,
            entries: isolated,
          },
        ]
      : []),
  ]
}

function GroupList({
  group: { kind, heading, hint, isIsolated, entries },
  connections,
}: {
  readonly group: Group
  readonly connections: Connections
}): VNode {
  const id = `group-${kind}${isIsolated ? '-isolated' : ''}`
  return (
    <section
      class={`group${isIsolated ? ' isolated' : ''}${entries.length > mostInSight ? ' long' : ''}`}
      data-kind={kind}
      aria-labelledby={id}
    >
      <header>
        <h3 id={id}>
          {isIsolated && <Icon of="lock" />}
          {heading} <span class="count">{entries.length}</span>
        </h3>
        {hint !== undefined && <p class="hint">{hint}</p>}
      </header>
      {entries.length === 0 ? (
        <p class="hint none">None</p>
      ) : (
        <ul>
          {entries.map((entry) => (
            <EntryCard entry={entry} connections={connections} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Filters({ entries }: { readonly entries: readonly Entry[] }): VNode {
  const clients = entries.filter(({ kind }) => kind === 'client')
  return (
    <div class="filters" hidden>
      <label class="search">
        <Icon of="search" />
        <span class="unseen">Search the picture</span>
        <input type="search" data-search placeholder="Search by name" autocomplete="off" />
      </label>
      <fieldset class="kinds">
        <legend class="unseen">Kinds to show</legend>
        {Object.entries(headings).map(([kind, heading]) => (
          <label class="chip">
            <input type="checkbox" data-show={kind} checked />
            <span>{heading}</span>
          </label>
        ))}
      </fieldset>
      <label class="only">
        <span class="unseen">Only what a client can reach</span>
        <select data-client>
          <option value="">All clients</option>
          {clients.map(({ id, name }) => (
            <option value={id}>{name}</option>
          ))}
        </select>
      </label>
      <p class="state hint" role="status" />
    </div>
  )
}

function Picture({ entries }: { readonly entries: readonly Entry[] }): VNode {
  const connections = connect(entries)
  return (
    <section class="panel picture" id="picture" aria-labelledby="picture-heading">
      <div class="panel-head">
        <h2 id="picture-heading">Configuration</h2>
        <p class="hint">
          From left to right: who asks, for what, whom the token is for, and what it says.
        </p>
      </div>
      <Filters entries={entries} />
      <div class="columns">
        <svg class="edges" aria-hidden="true">
          <path class="edge" />
          <path class="edge chosen" />
        </svg>
        {columns.map((kinds) => (
          <div class="column">
            {kinds
              .flatMap((kind) => groupsOf(kind, entries))
              .map((group) => (
                <GroupList group={group} connections={connections} />
              ))}
          </div>
        ))}
      </div>
    </section>
  )
}

/** Draws a configuration as HTML. Lines between its entries, search and filters come with the script. */
export function drawPicture(entries: readonly Entry[]): string {
  return renderToString(<Picture entries={entries} />)
}
