import { spawnSync } from 'node:child_process'
import { execPath } from 'node:process'

/** Where what runs: the server and the load generator must not compete for a core. */
const cores = { server: 0, load: 1 } as const

/** A core by what it is used for. */
export type Core = keyof typeof cores

const canPinTo = (core: number): boolean =>
  spawnSync('taskset', ['--cpu-list', String(core), execPath, '--version']).status === 0

/** Tells whether processes can be kept on their cores, which takes `taskset` and two cores that may be used. */
export function canPin(): boolean {
  return Object.values(cores).every(canPinTo)
}

/** The command that runs a Node.js script on a core, or on any core where pinning is not possible. */
export function nodeCommand(
  script: string,
  { core, isPinned }: { readonly core: Core; readonly isPinned: boolean },
): readonly [command: string, ...args: string[]] {
  if (!isPinned) return [execPath, script]
  return ['taskset', '--cpu-list', String(cores[core]), execPath, script]
}
