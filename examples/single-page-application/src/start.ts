// All in one process, to try them. Elsewhere each is a process of its own, and the pages are files: `npm run build`.
import './server.js'
import './api.js'
import { createServer } from 'vite'

const web = await createServer()
await web.listen()
console.log(`Open ${web.resolvedUrls?.local[0]}`)
process.once('SIGTERM', () => void web.close()).once('SIGINT', () => void web.close())
