export { toHttpRequest } from './to-http-request.js'
export type { ToHttpRequestOptions } from './to-http-request.js'
export { toNodeListener } from './to-node-listener.js'
export { writeHttpResponse } from './write-http-response.js'
