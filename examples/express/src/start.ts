// Both in one process, to try them. Elsewhere each is a process of its own: `npm run server`, `npm run api`.
import './server.js'
import './api.js'
