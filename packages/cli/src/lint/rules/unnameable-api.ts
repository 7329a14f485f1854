import { isResourceIndicator } from '@bailiwick/protocol'
import type { LintRule } from '../lint-rule.js'

/** Finds API resources that no request can name. */
export const unnameableApi: LintRule = {
  id: 'unnameable-api',
  severity: 'info',
  title: 'an API resource whose name is no absolute URI',
  why: 'A client names an API with the parameter resource, which takes absolute URIs only (RFC 8707 section 2). A token cannot be narrowed to this one, and the API cannot be isolated.',
  check: ({ apiResources }) =>
    apiResources.flatMap(({ path, value: { name } }) =>
      isResourceIndicator(name)
        ? []
        : [
            {
              path,
              message: `no request can name '${name}'`,
              fix: `rename it to an absolute URI, e.g. 'urn:${name.replaceAll(/[^\w-]+/g, '-')}', here and at the API`,
            },
          ],
    ),
}
