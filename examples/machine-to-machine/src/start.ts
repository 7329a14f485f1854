// All in one process, to try them; the batch runs last. Elsewhere each is a process of its own: `npm run batch`.
import './server.js'
import './api.js'
import './batch.js'
import { kill, pid } from 'node:process'

kill(pid, 'SIGTERM')
