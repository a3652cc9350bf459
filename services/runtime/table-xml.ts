import { SaxesParser } from 'saxes'
import { tableFault } from './table-fault.ts'

/** XML without types of documents, which is all that a workbook needs. */
export function xmlParser(): SaxesParser {
  const parser = new SaxesParser()
  parser.on('error', () => {
    throw tableFault('broken')
  })
  parser.on('doctype', () => {
    throw tableFault('broken')
  })
  return parser
}

export const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** The place of a column from 0: A is 0. */
export const placeOf = (letters: string): number =>
  [...letters].reduce((place, letter) => place * 26 + letter.charCodeAt(0) - 64, 0) - 1
