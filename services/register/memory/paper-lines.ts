import { parseJson } from '#core/api/json.ts'
import { type PaperLines, paperLines } from '#core/api/register-paper.ts'

/** The shop's own lines as they were kept; of another version's shape there are none. */
export function readPaperLines(text: string | null): PaperLines {
  const read = paperLines.safeParse(parseJson(text ?? ''))
  return read.success ? read.data : { header: [], footer: [] }
}
