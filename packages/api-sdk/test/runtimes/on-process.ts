import { stdout } from 'node:process'
import { runSuite } from './suite.js'

stdout.write(JSON.stringify(await runSuite()))
