/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { VNode } from 'preact'
import type { Entry } from './entry.js'
import type { Connections } from './connections.js'

/** So many connections are listed in an entry; the picture shows all of them. */
const mostListed = 12

function Links({
  label,
  entries,
}: {
  readonly label: string
  readonly entries: readonly Entry[]
}): VNode | undefined {
  if (entries.length === 0) return undefined
  const more = entries.length - mostListed
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {entries.slice(0, mostListed).map(({ id, name }) => (
          <>
            <a href={`#${id}`}>{name}</a>{' '}
          </>
        ))}
        {more > 0 && <span class="more">and {more} more</span>}
      </dd>
    </div>
  )
}

/** An entry: its name, and inside it what is known about it and what it is connected to. */
export function EntryCard({
  entry,
  connections,
}: {
  readonly entry: Entry
  readonly connections: Connections
}): VNode {
  const { id, kind, name, title, tags, facts, leadsTo, onlyApis } = entry
  const canBeTried = kind === 'client' && !entry.isDisabled
  return (
    <li>
      <details
        class={entry.isDisabled ? 'entry off' : 'entry'}
        id={id}
        name="entry"
        data-kind={kind}
        data-to={leadsTo.join(' ')}
        data-only={onlyApis?.join(' ')}
      >
        <summary>
          <span class="entry-name">{name}</span>{' '}
          {tags.map((tag) => (
            <>
              <span class="entry-tag">{tag}</span>{' '}
            </>
          ))}
          {title !== undefined && <span class="entry-title">{title}</span>}
        </summary>
        <dl>
          {facts.map(({ label, text }) => (
            <div>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
          <Links label="Comes from" entries={connections.from(entry)} />
          <Links label="Leads to" entries={connections.to(entry)} />
        </dl>
        {canBeTried && (
          <p>
            <a href={`?${new URLSearchParams({ client_id: name })}#try`}>Try a request</a>
          </p>
        )}
      </details>
    </li>
  )
}
