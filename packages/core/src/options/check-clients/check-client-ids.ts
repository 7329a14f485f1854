import type { ConfigurationProblem } from '@bailiwick/protocol'
import type { Client } from '../../stores/client.js'

/** Finds ids that are missing, and those that several clients share. */
export function checkClientIds(clients: readonly Client[]): readonly ConfigurationProblem[] {
  const ids = clients.map(({ clientId }) => clientId)
  return ids.flatMap((id, index) => {
    const path = `clients[${index}].clientId`
    if (typeof id !== 'string' || id === '') return [{ path, message: 'a client needs an id' }]
    const first = ids.indexOf(id)
    if (first === index) return []
    return [{ path, message: `'${id}' is already the id of clients[${first}]: rename one` }]
  })
}
