import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { layArchive } from './unpack.ts'

const scratch = mkdtempSync(join(tmpdir(), 'zpos-unpack-'))
after(() => rmSync(scratch, { recursive: true, force: true }))

const bounds = { bytes: 100_000, entries: 20, path: 120, depth: 5 }

type Made = { path: string; type?: string; content?: string; target?: string; size?: number }

function headOf({ path, type = '0', content = '', target = '', size }: Made): Buffer {
  const head = Buffer.alloc(512)
  head.write(path, 0, 100)
  head.write('0000755\0', 100)
  head.write(`${(size ?? content.length).toString(8).padStart(11, '0')}\0`, 124)
  head.write(type, 156)
  head.write(target, 157, 100)
  head.write('ustar  \0', 257)
  head.write('        ', 148)
  const sum = head.reduce((all, byte) => all + byte, 0)
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return head
}

function bodyOf(content: string): Buffer {
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512)
  body.write(content, 'latin1')
  return body
}

const tarOf = (entries: readonly Made[]): Buffer =>
  Buffer.concat([
    ...entries.flatMap((made) => {
      const { content = '' } = made
      return [headOf(made), bodyOf(content)]
    }),
    Buffer.alloc(1024),
  ])

let count = 0
/** Lays an archive of these entries; the places it was laid in. */
async function laid(tar: Buffer, cut = 0) {
  count += 1
  const home = join(scratch, `${count}`)
  const archive = `${home}.tar.gz`
  const zipped = gzipSync(tar)
  writeFileSync(archive, zipped.subarray(0, zipped.length - cut))
  const tree = mkdtempSync(`${home}-`)
  const fault = await layArchive(archive, tree, bounds).then(
    () => null,
    (error) => error.fault ?? String(error),
  )
  return { fault, tree }
}

test('files, folders, links within and long names are laid as they are', async () => {
  const name = `a/${'n'.repeat(110)}`
  const { fault, tree } = await laid(
    tarOf([
      { path: './', type: '5' },
      { path: 'links/here', type: '2', target: '../a/one' },
      { path: './a/one', content: 'one' },
      { path: '././@LongLink', type: 'L', content: `${name}\0` },
      { path: 'a/nnn', content: 'x'.repeat(1030) },
      { path: 'empty/', type: '5' },
    ]),
  )
  assert.equal(fault, null)
  assert.equal(readFileSync(join(tree, 'links/here'), 'utf8'), 'one')
  assert.equal(readFileSync(join(tree, name), 'utf8').length, 1030)
  assert.deepEqual(readdirSync(tree).sort(), ['a', 'empty', 'links'])
  assert.equal(statSync(join(tree, 'a/one')).mode & 0o7777, 0o755)
})

const one = { path: 'one', content: 'one' }
const wrong: [string, string, readonly Made[]][] = [
  ['a pipe', 'no-file-or-folder', [{ path: 'p', type: '6' }]],
  ['a device', 'no-file-or-folder', [{ path: 'd', type: '3' }]],
  ['a disk', 'no-file-or-folder', [{ path: 'd', type: '4' }]],
  ['a hard link', 'no-file-or-folder', [one, { path: 'h', type: '1', target: 'one' }]],
  ['a head of another form', 'no-file-or-folder', [{ path: 'x', type: 'x' }]],
  ['a folder with content', 'no-file-or-folder', [{ path: 'd', type: '5', content: 'x' }]],
  ['a link that leads out', 'path-leads-out', [{ path: 'l', type: '2', target: '..' }]],
  ['a link from the root', 'path-leads-out', [{ path: 'l', type: '2', target: '/etc' }]],
  ['a link to nothing', 'path-leads-out', [{ path: 'l', type: '2', target: 'none' }]],
  [
    'links that lead out together',
    'path-leads-out',
    [
      { path: 'a/b', type: '5' },
      { path: 'c', type: '2', target: 'a' },
      { path: 'c/b/d', type: '2', target: '../../..' },
    ],
  ],
  ['a file that leads out', 'path-leads-out', [{ path: '../out', content: 'x' }]],
  ['a file from the root', 'path-leads-out', [{ path: '/tmp/zpos-out', content: 'x' }]],
  ['a name twice', 'name-twice', [one, one]],
  ['a file for a folder', 'name-twice', [one, { path: 'one/two', content: 'x' }]],
  ['a link for a file', 'name-twice', [one, { path: 'one', type: '2', target: '.' }]],
  ['a long path', 'path-too-long', [{ path: 'x', type: 'L', content: 'n'.repeat(122) }]],
  ['a deep path', 'path-too-deep', [{ path: 'a/b/c/d/e/f' }]],
  ['many entries', 'too-many-entries', Array.from({ length: 21 }, (_, n) => ({ path: `${n}` }))],
  ['a large file', 'too-many-bytes', [{ path: 'large', size: 100_000 }]],
  ['many small files', 'too-many-bytes', [one, { path: 'two', content: 'x'.repeat(90_000) }]],
  ['a file cut short', 'malformed', [{ path: 'cut', size: 9000 }]],
]
for (const [what, fault, entries] of wrong) {
  test(`an archive with ${what} is refused as «${fault}»`, async () => {
    assert.equal((await laid(tarOf(entries))).fault, fault)
    assert.ok(!readdirSync(scratch).includes('out'))
  })
}

test('folders that stand in no head of their own are counted', async () => {
  const paths = Array.from({ length: 6 }, (_, n) => ({ path: `${n}/a/b/c` }))
  assert.equal((await laid(tarOf(paths))).fault, 'too-many-entries')
  assert.equal((await laid(tarOf(paths.slice(0, 4)))).fault, null)
})

test('what stands behind the end is not read, however much it is', async () => {
  const tar = Buffer.concat([tarOf([one]), Buffer.alloc(50_000_000)])
  assert.equal((await laid(tar)).fault, null)
})

test('an archive that ends early, is no archive, or has a false sum is malformed', async () => {
  const tar = tarOf([one])
  const random = tarOf([{ path: 'random', content: randomBytes(2000).toString('latin1') }])
  assert.equal((await laid(random, 500)).fault, 'malformed')
  assert.equal((await laid(tar.subarray(0, 700))).fault, 'malformed')
  assert.equal((await laid(tar.subarray(0, 1024))).fault, 'malformed', 'without an end')
  assert.equal((await laid(Buffer.alloc(2048, 'x'))).fault, 'malformed')
  tar.write('2', 0)
  assert.equal((await laid(tar)).fault, 'malformed')
})
