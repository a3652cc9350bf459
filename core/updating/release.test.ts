import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TargetEntry } from './metadata.ts'
import { newerRelease, type Release, releasesIn, requiredOn } from './release.ts'

const notes = { ru: 'а', be: 'б', en: 'c' }
const entry = (version: string, node = 24): TargetEntry => ({
  length: 7,
  hashes: { sha256: `of ${version}` },
  custom: { version, platform: 'linux-x64', node, notes },
})
const targets = (...versions: string[]) => ({
  _type: 'targets' as const,
  spec_version: '',
  version: 1,
  expires: '',
  targets: Object.fromEntries(versions.map((version) => [`${version}.tar`, entry(version)])),
})
const versions = (releases: readonly Release[]) => releases.map(({ version }) => version)

test('releases stand as targets list them, the newest first', () => {
  const releases = releasesIn(targets('0.2.0', '0.10.0', '0.9.1', '0.10.1', '0.1.0'))
  assert.deepEqual(versions(releases), ['0.10.1', '0.10.0', '0.9.1', '0.2.0', '0.1.0'])
  assert.deepEqual(releases.at(-1), {
    version: '0.1.0',
    path: '0.1.0.tar',
    sha256: 'of 0.1.0',
    length: 7,
    platform: 'linux-x64',
    node: 24,
    notes,
  })
})

test('a till is offered the newest above its own that its machine runs, in any order', () => {
  const own = { version: '0.2.0', platform: 'linux-x64', node: 24 }
  const releases = releasesIn(targets('0.1.0', '0.2.0', '0.10.0', '0.9.1'))
  const offered = (all: readonly Release[], change: Partial<typeof own> = {}) =>
    newerRelease(all, Object.assign({}, own, change))?.version ?? null
  assert.equal(offered(releases), '0.10.0')
  assert.equal(offered(releases.toReversed()), '0.10.0')
  assert.equal(offered(releases, { version: '0.10.0' }), null)
  assert.equal(offered(releases, { version: '0.9.1' }), '0.10.0')
  assert.equal(offered(releases, { platform: 'linux-arm64' }), null)
  assert.equal(offered(releases, { node: 23 }), null)
  const wanting = releases.map((each) =>
    each.version === '0.10.0' ? Object.assign({}, each, { node: 26 }) : each,
  )
  assert.equal(offered(wanting), '0.9.1')
  assert.equal(offered(wanting, { node: 26 }), '0.10.0')
  assert.equal(offered([]), null)
})

test('of what is required by a day the highest counts', () => {
  const at = (version: string, from: string | null) => ({ version, from })
  assert.equal(requiredOn([], '2026-11-27'), null)
  assert.equal(requiredOn([at('0.2', null)], '2026-11-27'), '0.2')
  assert.equal(requiredOn([at('0.2', '2026-11-28')], '2026-11-27'), null)
  assert.equal(requiredOn([at('0.2', '2026-11-27')], '2026-11-27'), '0.2')
  const all = [at('0.9', null), at('0.10', '2026-11-01'), at('0.3', null), at('1', '2027-01-01')]
  assert.equal(requiredOn(all, '2026-11-27'), '0.10')
  assert.equal(requiredOn(all, '2027-01-01'), '1')
  assert.equal(requiredOn(all, '2026-10-31'), '0.9')
})
