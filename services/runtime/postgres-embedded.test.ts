import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openIn } from '#test/disk.ts'
import { openPostgres } from './postgres.ts'

const root = mkdtempSync(join(tmpdir(), 'zpos-embedded-'))
const folder = join(root, 'db')
after(() => rmSync(root, { recursive: true, force: true }))

const MODULE = join(import.meta.dirname, 'postgres.ts')

/** Writes to the database in a process of its own, whose disk fails half-way by one call. */
async function writeUntil(call: 'fsyncSync' | 'writeSync', code: string) {
  const source = `import fs from 'node:fs'
    import { syncBuiltinESMExports } from 'node:module'
    import { openPostgres } from ${JSON.stringify(MODULE)}
    const db = await openPostgres({ folder: ${JSON.stringify(folder)} })
    await db.query('create table if not exists paper(number integer)')
    await db.query('insert into paper values (1)')
    process.send('first')
    const failed = Object.assign(new Error('disk'), { code: ${JSON.stringify(code)}, errno: -5 })
    fs.${call} = () => { throw failed }
    syncBuiltinESMExports()
    for (let number = 2; number < 200; number++) {
      await db.query('insert into paper select $1::int from generate_series(1, 20000)', [number])
      process.send('told')
    }`
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', source],
    { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
  )
  const told: unknown[] = []
  child.on('message', (message) => told.push(message))
  const [exit] = await once(child, 'exit')
  return { exit, told }
}

test('what a kill left of a half-made database is not in the way of the next one', async () => {
  mkdirSync(join(root, 'db.new', 'base'), { recursive: true })
  mkdirSync(join(root, 'db.new-1-1'))
  const db = await openPostgres({ folder })
  await db.query('create table made(number integer)')
  await db.close()
  assert.deepEqual(readdirSync(root), ['db'])
  assert.deepEqual(openIn(folder), [], 'what initdb made is for its owner alone (R31)')
})

for (const [call, code] of [
  ['fsyncSync', 'EIO'],
  ['writeSync', 'ENOSPC'],
] as const) {
  test(`a disk that fails at ${call} ends the process before a commit is told`, async () => {
    const { exit, told } = await writeUntil(call, code)
    assert.deepEqual({ exit, told }, { exit: 1, told: ['first'] })
    const db = await openPostgres({ folder })
    const [row] = await db.query<{ first: number }>(
      'select count(*) as first from paper where number = 1',
    )
    assert.ok((row?.first ?? 0) > 0)
    await db.query('drop table paper')
    await db.close()
  })
}

test('a half-written note of who has the folder keeps nobody from it', async () => {
  for (const note of ['', '\0'.repeat(60)]) {
    const before = await openPostgres({ folder })
    await before.close()
    writeFileSync(join(folder, 'postmaster.pid'), note)
    const db = await openPostgres({ folder })
    assert.deepEqual(await db.query('select 1 one'), [{ one: 1 }])
    await db.close()
  }
})
