import { createHash } from 'node:crypto'
import { ErrorReply } from '@redis/client'
import type { Connection } from './create-connection.js'

/** A step that the server takes as a whole, and the name under which it remembers it. */
export interface Script {
  readonly text: string
  readonly digest: string
}

/** How to run scripts: each on one key, and what it gives. */
export type RunScript = (
  script: Script,
  key: string,
  values: readonly (string | number)[],
) => Promise<unknown>

const script = (text: string): Script => ({
  text,
  digest: createHash('sha1').update(text).digest('hex'),
})

/** Reads the record under the key, as `record-value.ts` writes it. The first value of each script is the time. */
const readRecord = `
local value = redis.call('GET', KEYS[1])
local version, expires_at, mark, members
if value then
  version, expires_at, mark, members =
    string.match(value, '^(%S+) (%S+) (%S+)\\n([^\\n]*\\n[^\\n]*\\n[^\\n]*\\n[^\\n]*)\\n')
end
local is_live = value and tonumber(expires_at) > tonumber(ARGV[1])
`

/** Writes a value for so many milliseconds, for ever (''), or not at all. */
const write = `
local function write(value, lifetime)
  if lifetime == '' then redis.call('SET', KEYS[1], value)
  elseif tonumber(lifetime) > 0 then redis.call('SET', KEYS[1], value, 'PX', lifetime)
  else redis.call('DEL', KEYS[1]) end
end
`

/** Values: time, value, lifetime. Gives 1, or 0 when there is a record. */
export const insertScript: Script = script(`${readRecord}${write}
if is_live then return 0 end
write(ARGV[2], ARGV[3])
return 1
`)

/** Values: time. Gives the value of the record that it deletes. */
export const takeScript: Script = script(`${readRecord}
if not is_live then return false end
redis.call('DEL', KEYS[1])
return value
`)

/**
 * Values: time, the version that was read, lifetime, then what is written: version, expiry, mark, members, data. Without
 * a mark it keeps the one that the record has, if members and expiry are those it has. Gives the former value when it
 * has written, 'moved' when it needs a mark, and nothing when the version is another.
 */
export const replaceScript: Script = script(`${readRecord}${write}
if not is_live or version ~= ARGV[2] then return false end
local next_mark = ARGV[6]
if next_mark == '' then
  if expires_at ~= ARGV[5] or members ~= ARGV[7] then return 'moved' end
  next_mark = mark
end
write(ARGV[4] .. ' ' .. ARGV[5] .. ' ' .. next_mark .. '\\n' .. ARGV[7] .. '\\n' .. ARGV[8], ARGV[3])
return version .. ' ' .. expires_at .. ' ' .. mark .. '\\n' .. members .. '\\n'
`)

/** Values: time, then what each member has to be, '' for anything. Gives the head of the record that it deletes. */
export const removeScript: Script = script(`${readRecord}
if not is_live then return false end
local place = 1
for member in string.gmatch(members .. '\\n', '([^\\n]*)\\n') do
  place = place + 1
  if ARGV[place] ~= '' and ARGV[place] ~= member then return false end
end
redis.call('DEL', KEYS[1])
return version .. ' ' .. expires_at .. ' ' .. mark .. '\\n' .. members .. '\\n'
`)

/** Values: the time before which something is due, expiry, entry. Adds to a queue and gives two entries that are due. */
export const queueScript: Script = script(`
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[3])
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, 2)
`)

/** An answer that is a list of texts. */
export const asTexts = (answer: unknown): readonly string[] =>
  Array.isArray(answer) ? answer.map(String) : []

/** Runs scripts that the server knows by their digest, and tells it those that it does not know (any more). */
export const scriptRunner =
  ({ send }: Pick<Connection, 'send'>): RunScript =>
  async ({ text, digest }, key, values) => {
    const rest = ['1', key, ...values.map(String)]
    try {
      return await send(key, ['EVALSHA', digest, ...rest])
    } catch (error) {
      // Nothing was done then, so there is nothing that could be done twice.
      if (!(error instanceof ErrorReply) || !error.message.startsWith('NOSCRIPT')) throw error
      return send(key, ['EVAL', text, ...rest])
    }
  }
