import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type PictureHead, pictureHead } from './picture-head.ts'

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...part].map((sign) => sign.charCodeAt(0)) : part,
    ),
  )
const filling = (count: number): number[] => Array(count).fill(0)

const png = bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 16, 0, 0, 0, 8, 1])
const exif = [0xff, 0xe1, 0, 8, ...filling(6)]
const frame = [0xff, 0xff, 0xc2, 0, 11, 8, 4, 0, 3, 1, 3]
const jpeg = bytes([0xff, 0xd8], exif, frame)
const webp = (kind: string, ...more: number[]) =>
  bytes('RIFF', filling(4), 'WEBP', kind, filling(4), more, filling(20))

test('a picture tells what it is and its size before it is unpacked', () => {
  const heads: [Uint8Array, PictureHead | null][] = [
    [png, { type: 'png', width: 4096, height: 2049 }],
    [jpeg, { type: 'jpeg', width: 769, height: 1024 }],
    [webp('VP8X', 0, 0, 0, 0, 9, 0, 1, 19, 0, 0), { type: 'webp', width: 65_546, height: 20 }],
    [webp('VP8L', 0x2f, 0x63, 0x40, 0x0c, 0), { type: 'webp', width: 100, height: 50 }],
    [webp('VP8 ', 0, 0, 0, 0x9d, 1, 0x2a, 64, 1, 32, 0), { type: 'webp', width: 320, height: 32 }],
    [bytes('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'), null],
    [bytes('GIF89a', [1, 0, 1, 0], filling(30)), null],
    [bytes('BM', filling(60)), null],
    [bytes('RIFF', filling(4), 'WAVE', filling(30)), null],
    [bytes([0xff, 0xd8, 0xff, 0xda, 0, 8], filling(30)), null],
    [bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', filling(8)), null],
    [new Uint8Array(), null],
  ]
  for (const [file, head] of heads) assert.deepEqual(pictureHead(file), head)
})

test('whatever stands in a file, its head is read to an end', () => {
  const begun = fc.constantFrom(png, jpeg, webp('VP8X'), webp('VP8L'), webp('VP8 '), bytes())
  fc.assert(
    fc.property(begun, fc.nat(40), fc.uint8Array({ maxLength: 60 }), (start, cut, rest) => {
      const head = pictureHead(bytes([...start.subarray(0, cut)], [...rest]))
      assert.ok(head === null || (head.width > 0 && head.height > 0))
    }),
  )
})
