import { existsSync } from 'node:fs'
import { type Browser, chromium as driver } from 'playwright-core'
import { chromium } from './setup.ts'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts the system's Chromium without a window. */
export const openChromium = (): Promise<Browser> =>
  driver.launch({ executablePath: chromium.find((path) => existsSync(path)) ?? '', args: flags })
