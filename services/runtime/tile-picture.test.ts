import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { aPng, pngChunk } from '#test/png.ts'
import { tilePictureOf } from './tile-picture.ts'

const typesIn = (png: Buffer): string[] => {
  const types: string[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    types.push(png.toString('latin1', at + 4, at + 8))
  }
  return types
}

test('a picture keeps its pixels and nothing that was said beside them', () => {
  for (const channels of [3, 4] as const) {
    const plain = tilePictureOf(aPng({ channels }))
    const told = aPng({
      channels,
      beside: [
        pngChunk('eXIf', Buffer.from('55.75N 37.61E')),
        pngChunk('tEXt', Buffer.from('Author\0Анна')),
        pngChunk('gAMA', Buffer.alloc(4)),
      ],
    })
    assert.ok(plain)
    assert.deepEqual(tilePictureOf(told), plain)
    assert.deepEqual(typesIn(plain), ['IHDR', 'IDAT', 'IEND'])
    assert.deepEqual(tilePictureOf(plain), plain, 'made anew it is itself')
  }
})

test('pixels that came in pieces are the same picture', () => {
  assert.deepEqual(tilePictureOf(aPng({ pieces: 7 })), tilePictureOf(aPng({})))
})

test('what is no whole PNG of the size is none', () => {
  const good = aPng({})
  const bad: [string, Buffer][] = [
    ['nothing', Buffer.alloc(0)],
    [
      'text',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    ],
    ['JPEG', Buffer.from('ffd8ffe000104a464946', 'hex')],
    ['signature alone', good.subarray(0, 8)],
    ['cut', good.subarray(0, -1)],
    ['without its end', good.subarray(0, -12)],
    ['with something behind', Buffer.concat([good, Buffer.from('PK\x03\x04')])],
    ['with a chunk behind its end', Buffer.concat([good, pngChunk('tEXt', Buffer.from('a\0b'))])],
    ['wide', aPng({ side: 129 })],
    ['small', aPng({ side: 1 })],
    ['of 16 bits', aPng({ bits: 16 })],
    ['interlaced', aPng({ interlaced: true })],
    ['of a palette', aPng({ beside: [pngChunk('PLTE', Buffer.alloc(3))] })],
    ['of an unknown needed chunk', aPng({ beside: [pngChunk('XxXx', Buffer.alloc(3))] })],
    ['without pixels', aPng({ packed: Buffer.alloc(0) })],
    ['pixels too few', aPng({ packed: deflateSync(Buffer.alloc(100)) })],
    ['pixels too many', aPng({ packed: deflateSync(Buffer.alloc(10_000_000)) })],
    ['pixels that are not packed', aPng({ packed: Buffer.from('pixels') })],
    ['of a filter that is none', aPng({ filter: 5 })],
  ]
  for (const [what, bytes] of bad) assert.equal(tilePictureOf(bytes), null, what)
  const wrong = Buffer.from(good)
  wrong[40] = (wrong[40] ?? 0) ^ 1
  assert.equal(tilePictureOf(wrong), null, 'a sum that does not fit')
})

test('a chunk that says it is longer than all there is, is broken', () => {
  const good = aPng({})
  const long = Buffer.from(good)
  long.writeUInt32BE(0xffffffff, 8)
  assert.equal(tilePictureOf(long), null)
})

test('whatever the bytes, the answer is a picture or none', () => {
  const good = aPng({})
  fc.assert(
    fc.property(
      fc.nat(good.length - 1),
      fc.integer({ min: 0, max: 255 }),
      fc.boolean(),
      (at, byte, mended) => {
        const bent = Buffer.from(good)
        bent[at] = byte
        // With the sum of the head put right again what it says is looked at.
        if (mended) bent.writeUInt32BE(crc32(bent.subarray(12, 29)), 29)
        const made = tilePictureOf(bent)
        assert.ok(made === null || tilePictureOf(made)?.equals(made))
      },
    ),
    { numRuns: 300 },
  )
})
