import { fork } from 'node:child_process'
import { argv, env } from 'node:process'
import { fileURLToPath } from 'node:url'

const { PORT = '5001', NODE_PORTS = '5011 5012' } = env
const [, , store = 'postgres'] = argv

for (const port of NODE_PORTS.split(' ')) {
  const issuer = `http://127.0.0.1:${PORT}`
  const node = fork(fileURLToPath(new URL('node.js', import.meta.url)), {
    env: { ...env, PORT: port, ISSUER: issuer, STORE: store },
  })
  process.once('SIGTERM', () => node.kill())
}
await import('./balancer.js')
console.log(`The balancer is at http://127.0.0.1:${PORT}`)
