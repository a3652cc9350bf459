import { inflateSync } from 'node:zlib'

/** The text of a PDF as a reader finds it: by the embedded fonts' own maps back to Unicode. */
export function textOfPdf(file: Uint8Array): string {
  const all = Buffer.from(file).toString('latin1')
  const streams = [...all.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body = '']) => {
    const bytes = Buffer.from(body, 'latin1')
    return bytes[0] === 0x78 ? inflateSync(bytes).toString('latin1') : body
  })
  const maps = streams.filter((each) => each.includes('begincmap')).map(mapOf)
  const pages = streams.filter((each) => /\bTf\b/.test(each))
  let font = 0
  const text: string[] = []
  for (const [, name, shown] of pages
    .join('\n')
    .matchAll(/\/F(\d+) [\d.]+ Tf|(\[(?:<[0-9a-f]*>|[\s\d.-])*\]) TJ/gi)) {
    if (name !== undefined) font = Number(name) - 1
    const codes = (shown ?? '').match(/<[0-9a-f]*>/gi) ?? []
    const glyphs = codes.flatMap((hex) => hex.match(/[0-9a-f]{4}/gi) ?? [])
    text.push(glyphs.map((glyph) => maps[font]?.get(glyph.toLowerCase()) ?? '�').join(''))
  }
  return text.join('\n')
}

/** What each glyph stands for, by the `bfrange` lists of a CMap. */
function mapOf(cmap: string): Map<string, string> {
  const known = new Map<string, string>()
  for (const [, from = '0', list = ''] of cmap.matchAll(
    /<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi,
  )) {
    const first = Number.parseInt(from, 16)
    for (const [i, [, units = '']] of [...list.matchAll(/<([0-9a-f ]*)>/gi)].entries()) {
      const text = Buffer.from(units.replaceAll(' ', ''), 'hex').swap16().toString('utf16le')
      known.set((first + i).toString(16).padStart(4, '0'), text)
    }
  }
  return known
}
