import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  canonicalText,
  hasExpired,
  isSignedFor,
  type ReleaseKey,
  type RootFile,
  rootFault,
  type SignedFile,
  type TargetsFile,
  targetsFault,
  type VerifyHex,
} from './metadata.ts'
import type { Release } from './release.ts'
import { signRoot, signTargets } from './signing.ts'
import { type Brought, believedRelease } from './wanted.ts'

// Signatures are real elsewhere (services/updater, services/office): here they name who signed.

type Pair = ReleaseKey & {
  publicKey: { keytype: 'ed25519'; scheme: 'ed25519'; keyval: { public: string } }
}
const pair = (id: string, material = id): Pair => ({
  id,
  sign: (text) => `${material} signed ${text}`,
  publicKey: { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: material } },
})
const verify: VerifyHex = (publicKey, text, signature) =>
  signature === `${publicKey} signed ${text}`

const [anna, boris, vera] = [pair('anna'), pair('boris'), pair('vera')]
const people = [anna, boris, vera]
const [builder, thief, online] = [pair('builder'), pair('thief'), pair('online')]
const expires = '2027-01-01T00:00:00Z'
const BEFORE = Date.parse(expires) - 1

const rootOf = (version: number, by: readonly ReleaseKey[] = people, targets = [builder]) =>
  signRoot({ version, expires, root: people, targets, online }, by)
const first = rootOf(1)

const release = (change: Partial<Release> = {}): Release =>
  Object.assign(
    {
      version: '0.2.0',
      path: 'till-0.2.0.tar.gz',
      sha256: 'ab',
      length: 7,
      platform: 'linux-x64',
      node: 24,
      notes: { ru: 'а', be: 'б', en: 'c' },
    },
    change,
  )
const publish = (of: Release, present: TargetsFile | null = null, by = [builder]) =>
  signTargets(present, { release: of, expires }, by)

test('what is signed is canonical JSON: keys in order, nothing between, two signs escaped', () => {
  const value = { b: [1, 'x'], a: { d: null, c: true, left: undefined }, 'q"\\': 'a\n"\\' }
  assert.equal(
    canonicalText(value),
    '{"a":{"c":true,"d":null},"b":[1,"x"],"q\\"\\\\":"a\n\\"\\\\"}',
  )
  const backwards = { 'q"\\': 'a\n"\\', a: { c: true, d: null }, b: [1, 'x'] }
  assert.equal(canonicalText(backwards), canonicalText(value))
})

test('a root says who may sign what, and is of the form that TUF gives it', () => {
  const { signed } = first
  assert.deepEqual(Object.keys(signed.keys).sort(), ['anna', 'boris', 'builder', 'online', 'vera'])
  assert.deepEqual(signed.keys.anna, anna.publicKey)
  assert.deepEqual(signed.roles, {
    root: { keyids: ['anna', 'boris', 'vera'], threshold: 2 },
    targets: { keyids: ['builder'], threshold: 1 },
    snapshot: { keyids: ['online'], threshold: 1 },
    timestamp: { keyids: ['online'], threshold: 1 },
  })
  const { _type, spec_version, version, consistent_snapshot } = signed
  assert.deepEqual([_type, spec_version, version, consistent_snapshot], ['root', '1.0.34', 1, true])
})

test('as many keys as the role asks for have to sign, and each counts once', () => {
  const isRoot = (file: SignedFile<RootFile>, by = first.signed) =>
    isSignedFor(by, 'root', { file, verify })
  assert.ok(!isRoot(rootOf(2, [])))
  assert.ok(!isRoot(rootOf(2, [anna])))
  assert.ok(!isRoot(rootOf(2, [anna, anna])))
  assert.ok(!isRoot(rootOf(2, [anna, builder, online])), 'keys of other roles')
  assert.ok(!isRoot(rootOf(2, [anna, pair('boris', 'forged')])))
  assert.ok(isRoot(rootOf(2, [anna, vera])))
  assert.ok(isRoot(rootOf(2, people)))
  const bent = structuredClone(rootOf(2, people))
  bent.signed.version = 3
  assert.ok(!isRoot(bent), 'signed, and changed since')
  // Somebody who is named twice, or by two names, is still one person.
  const twice = structuredClone(first.signed)
  twice.roles.root.keyids = ['anna', 'anna', 'other']
  twice.keys.other = anna.publicKey
  assert.ok(!isRoot(rootOf(2, [anna, pair('other', 'anna')]), twice))
  // A role may name a key that root does not hold.
  twice.roles.root.keyids = ['anna', 'lost']
  assert.ok(!isRoot(rootOf(2, [anna, pair('lost')]), twice))
})

test('a root follows the one before by one, signed as both ask, and has not expired', () => {
  const held = { verify, now: BEFORE }
  assert.equal(rootFault(first.signed, rootOf(2), held), null)
  for (const version of [0, 1, 3]) {
    assert.equal(rootFault(first.signed, rootOf(version), held), 'release-not-next')
  }
  assert.equal(rootFault(first.signed, rootOf(2, [anna]), held), 'release-unsigned')
  const fresh = [pair('galina'), pair('daria'), pair('zoya')]
  const others = (by: readonly ReleaseKey[]) =>
    signRoot({ version: 2, expires, root: fresh, targets: [builder], online }, by)
  assert.equal(rootFault(first.signed, others(fresh), held), 'release-unsigned', 'of the new alone')
  assert.equal(
    rootFault(first.signed, others(people), held),
    'release-unsigned',
    'of the old alone',
  )
  assert.equal(rootFault(first.signed, others([...people, ...fresh]), held), null)
  const expired = { verify, now: Date.parse(expires) }
  assert.equal(rootFault(first.signed, rootOf(2), expired), 'release-expired')
})

test('metadata is good until the moment that it names, and not at it', () => {
  assert.equal(hasExpired(first.signed, BEFORE), false)
  assert.equal(hasExpired(first.signed, BEFORE + 1), true)
  assert.equal(hasExpired(first.signed, BEFORE + 2), true)
})

test('targets rise, are signed, list each version once, and what they list lies there', () => {
  const held = { verify, now: BEFORE, isThere: (sha256: string) => sha256 === 'ab' }
  const root = first.signed
  const one = publish(release())
  const at = { root, present: null }
  assert.equal(targetsFault(at, one, held), null)
  assert.equal(targetsFault(at, publish(release(), null, [thief]), held), 'release-unsigned')
  assert.equal(targetsFault({ root, present: one.signed }, one, held), 'release-not-next')
  assert.equal(
    targetsFault(at, one, Object.assign({}, held, { now: BEFORE + 1 })),
    'release-expired',
  )
  const absent = publish(release({ version: '0.3.0', path: 'other', sha256: 'cd' }), one.signed)
  assert.equal(targetsFault({ root, present: one.signed }, absent, held), 'release-archive')
  const named: string[] = []
  const isThere = (sha256: string, length: number) => named.push(`${sha256} ${length}`) > 0
  assert.equal(targetsFault(at, one, Object.assign({}, held, { isThere })), null)
  assert.deepEqual(named, ['ab 7'])
  const arm = publish(release({ path: 'arm', platform: 'linux-arm64' }), one.signed)
  assert.equal(targetsFault({ root, present: one.signed }, arm, held), null, 'of another platform')
  const doubled = structuredClone(one)
  const [entry] = Object.values(doubled.signed.targets)
  assert.ok(entry)
  doubled.signed.targets.again = entry
  const text = canonicalText(doubled.signed)
  doubled.signatures = [{ keyid: builder.id, sig: builder.sign(text) }]
  assert.equal(targetsFault(at, doubled, held), 'release-version')
})

test('targets keep what was there; the same version of a platform is replaced', () => {
  const one = publish(release())
  assert.equal(one.signed.version, 1)
  assert.equal(one.signed._type, 'targets')
  const arm = publish(release({ path: 'arm', platform: 'linux-arm64' }), one.signed)
  const next = publish(release({ version: '0.3.0', path: 'next' }), arm.signed)
  assert.deepEqual(Object.keys(next.signed.targets), ['till-0.2.0.tar.gz', 'arm', 'next'])
  const again = publish(release({ path: 'anew', sha256: 'ef' }), next.signed)
  assert.deepEqual(Object.keys(again.signed.targets), ['arm', 'next', 'anew'])
  assert.equal(again.signed.version, 4)
  assert.deepEqual(again.signed.targets.anew, {
    length: 7,
    hashes: { sha256: 'ef' },
    custom: {
      version: '0.2.0',
      platform: 'linux-x64',
      node: 24,
      notes: { ru: 'а', be: 'б', en: 'c' },
    },
  })
})

const own = { version: '0.1.0', platform: 'linux-x64', node: 24 }
const believed = (change: Partial<Brought>, here: Partial<typeof own> = {}) => {
  const brought = { version: '0.2.0', roots: [], targets: publish(release()) }
  const held = { root: first, own: Object.assign({}, own, here), verify }
  return believedRelease(Object.assign(brought, change), held)
}

test('what is installed is the signed release of that version for this machine, if newer', () => {
  const found = believed({})
  assert.ok(found.is === 'believed')
  assert.deepEqual([found.release, found.root], [release(), first])
  assert.equal(believed({ targets: publish(release(), null, [thief]) }).is, 'unsigned')
  assert.equal(believed({ version: '0.3.0' }).is, 'unsigned', 'targets do not list it')
  assert.equal(believed({}, { platform: 'linux-arm64' }).is, 'unsigned', 'not for this machine')
  assert.equal(believed({}, { version: '0.2.0' }).is, 'not-newer')
  assert.equal(believed({}, { version: '0.3.0' }).is, 'not-newer')
  assert.equal(believed({}, { node: 23 }).is, 'not-newer')
  assert.equal(believed({}, { node: 25 }).is, 'believed')
})

test('roots that are brought lead on one by one, and a gap or a forged one leads nowhere', () => {
  const other = pair('other-builder')
  const targets = publish(release(), null, [other])
  const [two, three] = [rootOf(2), rootOf(3, people, [other])]
  const found = believed({ roots: [two, three], targets })
  assert.ok(found.is === 'believed')
  assert.equal(found.root, three)
  assert.equal(believed({ roots: [three], targets }).is, 'unsigned', 'a gap')
  assert.equal(believed({ roots: [rootOf(2, [anna], [other])], targets }).is, 'unsigned')
  const usurped = signRoot(
    { version: 2, expires, root: [thief, other], targets: [other], online },
    [thief, other],
  )
  assert.equal(believed({ roots: [usurped], targets }).is, 'unsigned', 'signed by itself alone')
  const unowned = signRoot(
    { version: 2, expires, root: [thief, other], targets: [other], online },
    people,
  )
  assert.equal(believed({ roots: [unowned], targets }).is, 'unsigned', 'not signed by its own')
  // What leads nowhere takes nothing away from what was believed.
  assert.equal(believed({ roots: [three] }).is, 'believed')
})
