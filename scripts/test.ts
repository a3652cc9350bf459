import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openOnce } from '#test/opened-shop.ts'
import { layTemplates } from '#test/server-postgres.ts'
import { buildPages } from './build-pages.ts'
import { typesAndLint } from './check.ts'
import {
  alone,
  beside,
  type Part,
  part,
  report,
  root,
  step,
  tests,
  together,
  type Work,
} from './part.ts'
import { startPassingPostgres } from './postgres.ts'
import { setUp } from './setup.ts'
import { mixed, testFiles } from './test-files.ts'
import { grouped } from './test-groups.ts'

// `npm test`: everything. `npm test -- PATH…`: the tests of files, folders or globs alone.

const paths = process.argv.slice(2)
const { units, browser, postgres, pages, opened, empty } = testFiles(paths)

const stopped = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort())
const { signal } = stopped

let server: { url: string; stop: () => void } | undefined
const needs: Work[] = []
if (postgres) {
  needs.push(
    step('PostgreSQL for tests', async () => {
      // Nobody asks what is left after a power cut here: that is asked in powercut/.
      server = await startPassingPostgres()
      await layTemplates(server.url)
      process.env.ZPOS_TEST_POSTGRES = server.url
    }),
  )
}
if (pages) needs.push(step('Pages built', buildPages))

const parts: Part[] = empty.map((path) => part(`No tests: ${path}`, false))
const wanted = { browser: browser.length > 0, postgres }
if (wanted.browser || wanted.postgres) {
  parts.push(await alone(step('Set-up', () => setUp(wanted))))
}
// They want nothing but a processor, which the browsers' tests leave idle now and then.
const checked = beside(paths.length > 0 ? [] : typesAndLint)
parts.push(...(await together(needs)))
let shop: { remove: () => void } | undefined
if (opened) {
  const opening = step('A shop opened once', async () => {
    shop = await openOnce()
  })
  parts.push(await alone(opening))
}
const groups = join('dist', 'test', `groups-${process.pid}`)
const files = mixed(browser, grouped(units, groups))
if (files.length > 0) parts.push(await alone(tests('Tests', files, { signal })))
rmSync(join(root, groups), { recursive: true, force: true })
shop?.remove()
parts.push(...(await checked()))
if (server) parts.push(await alone(step('PostgreSQL stopped', server.stop)))
report(signal.aborted ? [...parts, part('Interrupted', false)] : parts)
