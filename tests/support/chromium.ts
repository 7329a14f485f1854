import { existsSync } from 'node:fs'
import { env } from 'node:process'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const places = [
  env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/** Where a Chromium is on this machine, if there is one. */
export const chromiumPath = places.find((path) => path !== undefined && existsSync(path))

/** Starts Chromium without a window. */
export function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('there is no Chromium')
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
}
