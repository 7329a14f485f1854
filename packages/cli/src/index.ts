export type { Configuration } from './configuration/configuration.js'
export { defineConfiguration } from './configuration/define-configuration.js'
export type { User } from './configuration/user.js'
