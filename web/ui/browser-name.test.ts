import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browserName } from './browser-name.ts'

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
const cases = {
  [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/141.0.0.0 Safari/537.36`]: 'Chrome, Linux',
  [`Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/141 Safari/537 Edg/141`]: 'Edge, Windows',
  'Mozilla/5.0 (Android 14; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0': 'Firefox, Android',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Version/18 Safari/604': 'Safari, iOS',
  'curl/8.5.0': 'curl/8.5.0',
}

test('a browser is named by what it is and where it runs', () => {
  for (const [userAgent, name] of Object.entries(cases)) assert.equal(browserName(userAgent), name)
})
