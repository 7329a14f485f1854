import * as oauth from 'oauth4webapi'

const issuer = new URL(import.meta.env.VITE_ISSUER)

export const client: oauth.Client = { client_id: 'spa' }
export const clientAuthentication = oauth.None()
export const redirectUri = `${location.origin}/`

// The issuer of this example has no certificate. Leave it out where there is https.
export const options = { [oauth.allowInsecureRequests]: true }

/** Where the endpoints of the server are. */
export const server = await oauth.processDiscoveryResponse(
  issuer,
  await oauth.discoveryRequest(issuer, options),
)

/** An endpoint that the server has told. */
export function endpoint(name: 'authorization_endpoint' | 'end_session_endpoint'): URL {
  const url = server[name]
  if (url === undefined) throw new Error(`the server has no ${name}`)
  return new URL(url)
}
