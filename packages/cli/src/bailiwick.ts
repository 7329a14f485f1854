#!/usr/bin/env node
import process from 'node:process'
import { run } from './run.js'

/** Waits for the first signal only, so that a second one ends the process at once. */
async function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGTERM', stop).off('SIGINT', stop)
      resolve()
    }
    process.on('SIGTERM', stop).on('SIGINT', stop)
  })
}

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => new Date(),
  environment: process.env,
  stopRequested,
})
