import type { ProfileRequest, ProfileService } from '../../src/index.js'

/** A profile service that answers the same to every question, and writes the questions down. */
export function listening(claims: Readonly<Record<string, unknown>>) {
  const asked: ProfileRequest[] = []
  const profile: ProfileService = {
    claims: async (request) => {
      asked.push(request)
      return claims
    },
  }
  return { asked, profile }
}
