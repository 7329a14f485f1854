/** The address of something below the issuer, whether or not the issuer ends with a slash. */
export function urlBelow(issuer: string, path: string): string {
  return `${issuer.replace(/\/$/, '')}${path}`
}
