import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fields, functionCodes, messageTypes, reversalReasons } from '#core/iso8583/fields.ts'
import { tags } from '#core/iso8583/private-data.ts'
import { examples } from './bank.ts'

const page = readFileSync(join(import.meta.dirname, '../docs/acquirer.md'), 'utf8')

test('docs/acquirer.md shows messages as the code makes them', () => {
  for (const { title, text, hex } of examples()) {
    assert.ok(
      page.includes(`### ${title}\n\n\`\`\`\n${text}\n\n${hex}\n\`\`\``),
      `${title}\n${hex}`,
    )
  }
})

test('docs/acquirer.md lists every message, function, reason, private tag and known field', () => {
  const rows = (heading: string) => {
    const section = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
    return [...section.matchAll(/^\| `?(\d+)`? \|/gm)].map(([, number]) => number)
  }
  assert.deepEqual(rows('Messages').sort(), Object.keys(messageTypes).sort())
  assert.deepEqual(rows('Fields'), Object.keys(fields))
  assert.deepEqual(rows('Function codes').sort(), Object.values(functionCodes).sort())
  assert.deepEqual(rows('Reasons of a reversal').sort(), Object.values(reversalReasons).sort())
  assert.deepEqual(rows('Private data, field 48'), Object.values(tags))
})
