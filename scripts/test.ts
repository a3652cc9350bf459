import { startPostgres } from '#test/postgres.ts'
import { buildPages } from './build-pages.ts'
import { checkTypesAndLint } from './check.ts'
import { type Part, part, report, runTests } from './part.ts'
import { setUp } from './setup.ts'

const rooms = ['core', 'services', 'web', 'stand', 'shop', 'sim', 'scripts']
const units = [...rooms.map((room) => `${room}/**/*.test.ts`), 'test/*.test.ts']

/** Runs a step; what it threw is shown, and the step counts as failed. */
async function step(name: string, work: () => unknown): Promise<Part> {
  try {
    return part(name, (await work()) !== false)
  } catch (error) {
    process.stdout.write(`${name}: ${error instanceof Error ? error.stack : error}\n`)
    return part(name, false)
  }
}

const stopped = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort())
const { signal } = stopped

const parts: Part[] = [await step('Установка', setUp), ...checkTypesAndLint()]
let postgres: { url: string; stop: () => void } | undefined
parts.push(
  await step('PostgreSQL для тестов', async () => {
    postgres = await startPostgres()
    process.env.ZPOS_TEST_POSTGRES = postgres.url
  }),
)
parts.push(await runTests('Тесты', units, { signal }))
parts.push(await step('Сборка страниц', buildPages))
parts.push(await runTests('Тесты в браузере', ['test/e2e/*.e2e.ts'], { concurrency: 1, signal }))
parts.push(await step('Остановка PostgreSQL', () => postgres?.stop()))
report(signal.aborted ? [...parts, part('Прервано', false)] : parts)
