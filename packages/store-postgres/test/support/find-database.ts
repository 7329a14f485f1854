import { env } from 'node:process'
import { Pool } from 'pg'

/** The database that tests may use: that of `DATABASE_URL`, or one of this machine. */
export const connectionString = env['DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test'

async function isThere(): Promise<boolean> {
  const pool = new Pool({ connectionString, connectionTimeoutMillis: 2000 })
  try {
    await pool.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await pool.end()
  }
}

/** Whether it can be reached. */
export const hasDatabase = await isThere()
