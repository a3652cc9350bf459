import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import PDFDocument from 'pdfkit'

// A page of A4 that reads like a form: the same content is the same bytes, whenever it is made.

export type PdfBlock =
  | { is: 'heading' | 'text' | 'strong'; text: string }
  | { is: 'gap' }
  /** Cells left to right; widths are parts of the page, what is `right` stands at the right. */
  | {
      is: 'row'
      cells: readonly { text: string; width: number; right?: boolean }[]
      strong?: boolean
    }
  | { is: 'line' }

const MARGIN = 50
const GAP = 8

const fonts = dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json'))
const face = (name: string): string => join(fonts, 'ttf', `${name}.ttf`)
const REGULAR = face('DejaVuSans')
const BOLD = face('DejaVuSans-Bold')

/** The file; `at` dates it, `title` is what a reader shows. */
export async function pdfOf(
  { title, at }: { title: string; at: number },
  blocks: readonly PdfBlock[],
): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    font: REGULAR,
    info: { Title: title, CreationDate: new Date(at), Producer: 'zPOS', Creator: 'zPOS' },
  })
  const chunks: Buffer[] = []
  document.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve) => document.on('end', resolve))
  for (const block of blocks) draw(document, block)
  document.end()
  await ended
  return Buffer.concat(chunks)
}

type Drawing = InstanceType<typeof PDFDocument>

function draw(page: Drawing, block: PdfBlock): void {
  const width = page.page.width - 2 * MARGIN
  switch (block.is) {
    case 'heading':
      page.font(BOLD).fontSize(15).text(block.text, MARGIN, page.y, { width })
      page.y += GAP
      return
    case 'strong':
    case 'text':
      page.font(block.is === 'strong' ? BOLD : REGULAR).fontSize(10)
      page.text(block.text, MARGIN, page.y, { width })
      page.y += GAP / 2
      return
    case 'gap':
      page.y += 2 * GAP
      return
    case 'line':
      page
        .moveTo(MARGIN, page.y)
        .lineTo(MARGIN + width, page.y)
        .lineWidth(0.5)
        .stroke()
      page.y += GAP / 2
      return
    case 'row': {
      page.font(block.strong ? BOLD : REGULAR).fontSize(10)
      const top = page.y
      let [left, bottom] = [MARGIN, top]
      for (const { text, width: part, right } of block.cells) {
        page.text(text, left, top, { width: part * width - GAP, align: right ? 'right' : 'left' })
        bottom = Math.max(bottom, page.y)
        left += part * width
      }
      page.y = bottom + GAP / 2
      return
    }
    default:
      block satisfies never
  }
}
