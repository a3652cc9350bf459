import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** The product's version, as package.json says it. */
export const VERSION: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
