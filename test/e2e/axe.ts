import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, NodeResult } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// Axe sees no colour behind a gradient or under another element or of a field that is still empty,
// and reads no lone «№»; there a person must look.
const unseen = /gradient|overlap|obscur|background image|pseudo|non-text|too short|no value/i
const isUnseen = (node: NodeResult) =>
  [...node.any, ...node.all, ...node.none].every(({ message }) => unseen.test(message))

const WIDE = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'

/**
 * Everything that keeps somebody from reading or working this screen. Colours take longer than all
 * the rest: `colours: false` where another test has looked at the same ones.
 */
export async function examine(page: Page, where: string, { colours = true } = {}): Promise<void> {
  // A page is told once: half a megabyte of source takes a tenth of a second each time.
  if (await page.evaluate('globalThis.axe === undefined')) await page.evaluate(axe)
  const rules = JSON.stringify({ 'color-contrast': { enabled: colours } })
  const results = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], rules: ${rules} })`,
  )) as AxeResults
  const doubtful = results.incomplete
    .filter(({ id }) => id === 'color-contrast')
    .map((rule) => ({ ...rule, nodes: rule.nodes.filter((node) => !isUnseen(node)) }))
  const found = [...results.violations, ...doubtful].flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      [`${where}: ${id}`, target.join(' '), failureSummary].join(' '),
    ),
  )
  assert.deepEqual(found, [])
  await examineWidth(page, where)
}

/** Nothing of this screen lies beyond its right edge. */
export async function examineWidth(page: Page, where: string): Promise<void> {
  assert.equal(await page.evaluate(WIDE), false, `${where}: sticks out to the right`)
}
