import { createResourceServer } from '@bailiwick/api-sdk'
import type { ResourceServer } from '@bailiwick/api-sdk'
import type { Chapter } from './chapters.js'

/** A route of an API that one scope opens. */
export interface ApiRoute {
  readonly path: string
  readonly scope: string
  readonly api: ResourceServer
}

/** The scopes that an API resource lists. In a chapter without it the API still asks for one. */
const scopesOf = ({ resources }: Chapter, name: string): readonly string[] =>
  (resources.apiResources ?? []).find((apiResource) => apiResource.name === name)?.scopes ?? [
    'read',
  ]

/** What an API is in each chapter: a resource of its issuer, with a route for each scope. */
export function apiRoutes(
  chapters: readonly Chapter[],
  which: keyof Chapter['apis'],
  identityOrigin: string,
): readonly ApiRoute[] {
  return chapters.flatMap((chapter) => {
    const resource = chapter.apis[which]
    const api = createResourceServer({ resource, issuers: `${identityOrigin}/${chapter.name}` })
    return scopesOf(chapter, resource).map((scope) => ({
      path: `/${chapter.name}/${scope}`,
      scope,
      api,
    }))
  })
}

/** The route that an example calls: for the first of its scopes that the API knows, or else its first. */
export function routeFor(
  chapter: Chapter,
  which: keyof Chapter['apis'],
  requested: string,
): string {
  const scopes = scopesOf(chapter, chapter.apis[which])
  const scope = requested.split(' ').find((value) => scopes.includes(value)) ?? scopes[0] ?? ''
  return `/${chapter.name}/${scope}`
}
