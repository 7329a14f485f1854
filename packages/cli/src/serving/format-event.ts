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

function fieldsOf(event: ServerEvent): Fields {
  switch (event.type) {
    case 'token_issued':
      return {
        client: event.clientId,
        grant: event.grantType,
        scope: event.scope,
        audience: event.audience.join(' '),
        jti: event.jti,
      }
    case 'request_rejected':
      return {
        path: event.path,
        error: event.error,
        description: event.description,
        cause: messageOf(event.cause),
      }
    case 'server_error':
      return { path: event.path, cause: messageOf(event.cause) }
    case 'replay_detected':
      return { credential: event.credential, client: event.clientId, subject: event.subject }
    case 'signed_in':
    case 'signed_out':
      return { subject: event.subject, session: event.sessionId }
    case 'logout_delivered':
      return logoutFields(event)
    case 'logout_failed':
      return { ...logoutFields(event), cause: messageOf(event.cause) }
    case 'key_created':
    case 'key_revoked':
      return { kid: event.kid, algorithm: event.algorithm }
    case 'keys_not_read':
      return { cause: messageOf(event.cause) }
  }
}

/** Quotes what could be taken for another field, another line or a command to the terminal. */
function quote(value: string): string {
  if (/^[\w.:/@+-]+$/.test(value)) return value
  return JSON.stringify(value).replaceAll(
    /[\u007F-\u009F\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Writes an event as one line: the time, the type, and what else is known as `name=value`. */
export function formatEvent(event: ServerEvent, time: Date): string {
  const fields = Object.entries(fieldsOf(event)).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${quote(value)}`],
  )
  return [time.toISOString(), event.type, ...fields].join(' ')
}
