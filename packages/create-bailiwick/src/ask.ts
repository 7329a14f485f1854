import { group, select, text } from '@clack/prompts'
import type { Readable, Writable } from 'node:stream'
import { callers, defaultChoices, frameworks } from './choices.js'
import type { Choices } from './choices.js'
import { CreationError } from './creation-error.js'

/** Where questions are put, and where answers come from. */
export interface Conversation {
  readonly input: Readable
  readonly output: Writable
}

const giveUp = (): never => {
  throw new CreationError('Cancelled: nothing was written.')
}

/** Asks for whatever was not chosen yet. */
export function ask(known: Partial<Choices>, conversation: Conversation): Promise<Choices> {
  const { folder } = defaultChoices
  return group(
    {
      folder: async () =>
        known.folder ??
        text({
          ...conversation,
          message: 'In which folder?',
          placeholder: folder,
          defaultValue: folder,
        }),
      framework: async () =>
        known.framework ??
        select({ ...conversation, message: 'On which framework?', options: [...frameworks] }),
      callers: async () =>
        known.callers ??
        select({ ...conversation, message: 'Who calls your API?', options: [...callers] }),
    },
    { onCancel: giveUp },
  )
}
