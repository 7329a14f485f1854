import { urlOf } from '../serving/listen-address.js'
import { serverDefaults } from './server-options.js'

/** The issuer of a server whose configuration names none, unless its command line has it listen elsewhere. */
export const defaultIssuer = urlOf({
  scheme: 'http',
  host: serverDefaults.host,
  port: Number(serverDefaults.port),
})
