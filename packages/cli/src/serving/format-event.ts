import type { LogoutDeliveredEvent, LogoutFailedEvent, ServerEvent } from '@bailiwick/core'

type Fields = Readonly<Record<string, string | undefined>>

function messageOf(cause: unknown): string | undefined {
  return cause instanceof Error ? cause.message : undefined
}

const logoutFields = ({
  clientId,
  sessionId,
  attempts,
}: LogoutDeliveredEvent | LogoutFailedEvent): Fields => ({
  client: clientId,
  session: sessionId,
  attempts: String(attempts),
})

type EventType = ServerEvent['type']

/** What is written of each type of event. */
const fieldsByType: {
  readonly [Type in EventType]: (event: Extract<ServerEvent, { readonly type: Type }>) => Fields
} = {
  token_issued: ({ clientId, grantType, scope, audience, jti }) => ({
    client: clientId,
    grant: grantType,
    scope,
    audience: audience.join(' '),
    jti,
  }),
  token_revoked: ({ credential, clientId }) => ({ credential, client: clientId }),
  replay_detected: ({ credential, clientId, subject }) => ({
    credential,
    client: clientId,
    subject,
  }),
  request_rejected: ({ path, error, description, cause }) => ({
    path,
    error,
    description,
    cause: messageOf(cause),
  }),
  server_error: ({ path, cause }) => ({ path, cause: messageOf(cause) }),
  signed_in: ({ subject, sessionId }) => ({ subject, session: sessionId }),
  signed_out: ({ subject, sessionId }) => ({ subject, session: sessionId }),
  logout_delivered: logoutFields,
  logout_failed: (event) => ({ ...logoutFields(event), cause: messageOf(event.cause) }),
  key_created: ({ kid, algorithm }) => ({ kid, algorithm }),
  key_revoked: ({ kid, algorithm }) => ({ kid, algorithm }),
  keys_not_read: ({ cause }) => ({ cause: messageOf(cause) }),
}

function fieldsOf(event: ServerEvent): Fields {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what stands under a type takes events of that type
  const write = fieldsByType[event.type] as (event: ServerEvent) => Fields
  return write(event)
}

/** Quotes what could be taken for another field, another line or a command to the terminal. */
export function quoteField(value: string): string {
  if (/^[\w.:/@+-]+$/.test(value)) return value
  return JSON.stringify(value).replaceAll(
    /[\u007F-\u009F\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Writes an event as one line: the time, the type, and what else is known as `name=value`. */
export function formatEvent(event: ServerEvent, time: Date): string {
  const fields = Object.entries(fieldsOf(event)).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${quoteField(value)}`],
  )
  return [time.toISOString(), event.type, ...fields].join(' ')
}
