import { once } from 'node:events'
import { createServer } from 'node:net'

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer().listen(port, '127.0.0.1')
  const event = await Promise.race([once(server, 'listening'), once(server, 'error')])
  if (event.length > 0) return false
  server.close()
  await once(server, 'close')
  return true
}

/** A free port of four digits, as those in the pages are: what programs print is then as wide as it is there. */
async function freePort(): Promise<number> {
  const port = 7000 + Math.floor(Math.random() * 3000)
  return (await isFree(port)) ? port : freePort()
}

/** Free ports that stand for those of a page. */
export interface Ports {
  /** A text of the page as it is run. */
  readonly moved: (text: string) => string
  /** A text that a program printed as the page shows it. */
  readonly asShown: (text: string) => string
}

/** Finds free ports for all that a page uses: 5001 to 5009. */
export async function movePorts(page: string): Promise<Ports> {
  const used = [...new Set(page.match(/\b500[1-9]\b/g))]
  const free = new Map<string, string>()
  for (const port of used) free.set(port, String(await freePort()))
  const shown = new Map([...free].map(([port, other]) => [other, port]))
  return {
    moved: (text) => text.replaceAll(/\b500[1-9]\b/g, (port) => free.get(port) ?? port),
    asShown: (text) => text.replaceAll(/\b\d{4}\b/g, (port) => shown.get(port) ?? port),
  }
}
