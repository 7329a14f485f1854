import { Converter } from 'typedoc'

/**
 * Calls each entry as its readers import it: `@bailiwick/api-sdk/express` for `api-sdk/src/express`.
 *
 * @param {import('typedoc').Application} app
 */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const entry of project.children ?? []) {
      entry.name = `@bailiwick/${entry.name.replace(/\/src(\/index)?/, '')}`
    }
  })
}
