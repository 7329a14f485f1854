import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** Finds out at which port a server listens, from what it writes about itself. */
async function findPort(lines: AsyncIterable<string>): Promise<number> {
  for await (const line of lines) {
    const { event, port } = Object(JSON.parse(line))
    if (event === 'listen') return Number(port)
  }
  throw new Error('workerd ended before it listened')
}

/** Serves a Worker for one request, and returns what that answers. */
export async function askWorkerd(binary: string, config: string): Promise<string> {
  const child = spawn(binary, ['serve', config, '--control-fd=3'], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  })
  try {
    const [, , , control] = child.stdio
    if (control === null || control === undefined || !('read' in control)) {
      throw new Error('there is no way to hear of workerd')
    }
    const port = await findPort(createInterface({ input: control }))
    const response = await fetch(`http://127.0.0.1:${port}/`)
    return await response.text()
  } finally {
    child.kill()
  }
}
