import { describeCommands } from './support/describe-commands.js'

describeCommands(({ name }) => name.startsWith('guides/'))
