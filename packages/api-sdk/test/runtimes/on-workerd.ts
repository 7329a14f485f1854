import { runSuite } from './suite.js'

// The form that Workers have.
// oxlint-disable-next-line import/no-default-export -- workerd looks for it
export default { fetch: async (): Promise<Response> => Response.json(await runSuite()) }
