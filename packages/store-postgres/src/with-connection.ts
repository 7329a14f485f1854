import type { Pool, PoolClient } from 'pg'

const ignore = (): void => undefined

/** What to do on one connection, and after which failures it is as good as before. */
export interface ConnectionWork<Result> {
  readonly pool: Pick<Pool, 'connect'>
  readonly work: (client: PoolClient) => Promise<Result>
  readonly isGoodAfter: (error: unknown) => boolean
}

/**
 * Does something on one connection of a pool. A connection on which something failed or was not answered in time is
 * closed, whatever may still arrive on it, and never given to anybody else.
 */
export async function withConnection<Result>({
  pool,
  work,
  isGoodAfter,
}: ConnectionWork<Result>): Promise<Result> {
  const client = await pool.connect()
  // What breaks a connection fails what is done on it too; without a listener it would also end the process.
  client.on('error', ignore)
  try {
    const result = await work(client)
    client.release()
    return result
  } catch (error) {
    client.release(!isGoodAfter(error))
    throw error
  } finally {
    client.off('error', ignore)
  }
}
