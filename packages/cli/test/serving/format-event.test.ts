import { describe, expect, it } from 'vitest'
import { formatEvent } from '../../src/serving/format-event.js'

const time = new Date('2027-01-15T08:00:00.000Z')

describe('formatEvent', () => {
  it('tells who got a token for what', () => {
    const line = formatEvent(
      {
        type: 'token_issued',
        clientId: 'web',
        grantType: 'client_credentials',
        jti: 'x1',
        audience: ['urn:a', 'urn:b'],
        scope: 'read write',
      },
      time,
    )
    expect(line).toBe(
      '2027-01-15T08:00:00.000Z token_issued client=web grant=client_credentials scope="read write" audience="urn:a urn:b" jti=x1',
    )
  })

  it('keeps on one line what a client made up', () => {
    const line = formatEvent(
      {
        type: 'request_rejected',
        path: '/token',
        error: 'invalid_scope',
        description: `'\n\u001B[2J\u009B2J\u2028" error=none' is unknown`,
        cause: undefined,
      },
      time,
    )
    expect(line).toBe(
      String.raw`2027-01-15T08:00:00.000Z request_rejected path=/token error=invalid_scope description="'\n\u001b[2J\u009b2J\u2028\" error=none' is unknown"`,
    )
  })

  it('tells the cause of a failure', () => {
    const cause = new Error('connection refused')
    expect(formatEvent({ type: 'server_error', path: '/token', cause }, time)).toBe(
      '2027-01-15T08:00:00.000Z server_error path=/token cause="connection refused"',
    )
  })

  it('tells who takes back which kind of token', () => {
    const event = { type: 'token_revoked', credential: 'access_token', clientId: 'web' } as const
    expect(formatEvent(event, time)).toBe(
      '2027-01-15T08:00:00.000Z token_revoked credential=access_token client=web',
    )
  })

  it('tells who signs in and out, and what was used again', () => {
    const who = { subject: 'alice', sessionId: 'sid-1' } as const
    expect(formatEvent({ type: 'signed_in', ...who }, time)).toBe(
      '2027-01-15T08:00:00.000Z signed_in subject=alice session=sid-1',
    )
    expect(formatEvent({ type: 'signed_out', ...who }, time)).toBe(
      '2027-01-15T08:00:00.000Z signed_out subject=alice session=sid-1',
    )
    const replay = { credential: 'refresh_token', clientId: 'spa', subject: 'alice' } as const
    expect(formatEvent({ type: 'replay_detected', ...replay }, time)).toBe(
      '2027-01-15T08:00:00.000Z replay_detected credential=refresh_token client=spa subject=alice',
    )
  })

  it('tells how a client was told that a session has ended', () => {
    const told = { clientId: 'web', sessionId: 'sid-1', attempts: 1 } as const
    expect(formatEvent({ type: 'logout_delivered', ...told }, time)).toBe(
      '2027-01-15T08:00:00.000Z logout_delivered client=web session=sid-1 attempts=1',
    )
  })

  it('tells what becomes of keys', () => {
    const key = { kid: 'k-1', algorithm: 'ES256' } as const
    expect(formatEvent({ type: 'key_created', ...key }, time)).toBe(
      '2027-01-15T08:00:00.000Z key_created kid=k-1 algorithm=ES256',
    )
    expect(formatEvent({ type: 'key_revoked', ...key }, time)).toBe(
      '2027-01-15T08:00:00.000Z key_revoked kid=k-1 algorithm=ES256',
    )
    expect(formatEvent({ type: 'keys_not_read', cause: new Error('down') }, time)).toBe(
      '2027-01-15T08:00:00.000Z keys_not_read cause=down',
    )
  })

  it('tells why a client could not be told that a session has ended', () => {
    const told = { clientId: 'web', sessionId: 'sid-1', attempts: 3 } as const
    const cause = new Error('fetch failed')
    expect(formatEvent({ type: 'logout_failed', ...told, cause }, time)).toBe(
      '2027-01-15T08:00:00.000Z logout_failed client=web session=sid-1 attempts=3 cause="fetch failed"',
    )
  })
})
