import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openLog } from '#services/runtime/log.ts'

// A program that changes a disk in every way that Node and SQLite have, for the recorder's proof.

const data = process.env.ZPOS_DATA ?? ''
const at = (...names: string[]) => join(data, ...names)

fs.mkdirSync(at('one', 'two'), { recursive: true })
fs.writeFileSync(at('a'), 'written')
fs.appendFileSync(at('a'), ', and more')
// By copy_file_range, which libc is not asked for by name.
fs.copyFileSync(at('a'), at('one', 'copy'))
fs.copyFileSync(at('a'), at('one', 'copy'))
fs.renameSync(at('one', 'copy'), at('one', 'two', 'moved'))
fs.writeFileSync(at('b'), 'to be replaced')
fs.renameSync(at('b'), at('one', 'two', 'moved'))
fs.linkSync(at('one', 'two', 'moved'), at('linked'))
fs.truncateSync(at('a'), 3)
fs.symlinkSync('one/two', at('leading'))
fs.symlinkSync('one', at('leading.new'))
fs.renameSync(at('leading.new'), at('leading'))

// An inode that is used again, and a descriptor that is.
fs.rmSync(at('a'))
const again = fs.openSync(at('again'), 'w')
fs.writeSync(again, 'at the end', 5000)
fs.writevSync(again, [Buffer.from('in '), Buffer.from('parts')], 10)
fs.ftruncateSync(again, 4000)
fs.fsyncSync(again)
fs.closeSync(again)
const next = fs.openSync(at('again'), 'a+')
fs.writeSync(next, 'appended', 0)
fs.fdatasyncSync(next)
fs.closeSync(next)
fs.rmSync(at('one'), { recursive: true })

// By threads.
await mkdir(at('threads'))
await Promise.all([1, 2, 3, 4].map((each) => writeFile(at('threads', `${each}`), `${each}`)))
const file = await open(at('threads', '1'), 'r+')
await file.writev([Buffer.from('by '), Buffer.from('parts')])
await file.datasync()
await file.close()

// By other programs.
fs.mkdirSync(at('tree'))
execFileSync('tar', ['-czf', at('tree.tar.gz'), '-C', data, 'again', 'threads'])
execFileSync('tar', ['-xzf', at('tree.tar.gz'), '-C', at('tree')])
execFileSync('sync', ['-f', at('tree')])

const db = new DatabaseSync(at('db.sqlite'))
db.exec('pragma journal_mode = wal; pragma synchronous = full; create table t(a)')
for (let row = 0; row < 20; row += 1) db.prepare('insert into t values (?)').run('x'.repeat(3000))
db.exec('pragma wal_checkpoint(truncate); insert into t values (1)')

fs.writeFileSync(at('last'), 'nobody synced this')
openLog('many-calls').info('listening', { port: 1 })
setInterval(() => {}, 2 ** 30)
