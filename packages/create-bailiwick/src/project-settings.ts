import { randomBytes } from 'node:crypto'
import type { Callers } from './choices.js'

const randomText = (bytes: number): string => randomBytes(bytes).toString('base64url')

/** The file .env of a project: where everything is, and secrets that no other project has. */
export function projectSettings(callers: Callers): string {
  // Not 5000: macOS uses it for AirPlay.
  const addresses = `ISSUER=http://127.0.0.1:5001
API_URL=http://127.0.0.1:5002
`
  const client = `CLIENT_URL=http://127.0.0.1:5003
`
  const secrets = `
# Encrypts what the server stores.
DATA_KEY=${randomBytes(32).toString('base64')}
# By it the client is known to the server.
CLIENT_SECRET=${randomText(32)}
`
  const user = `# The user who is there for a start.
ALICE_PASSWORD=${randomText(9)}
`
  return callers === 'people' ? addresses + client + secrets + user : addresses + secrets
}
