import { Agent, createServer, request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

// One of the two processes of the skeleton: what a sale cannot do without, and no logic. The
// register commits what it was sent, sends it on, commits the answer and answers; the device
// commits and answers. Sizes are those of a real sale of three lines, told by the bench.

type Sizes = { command: number; document: number; answer: number }

const [role = '', folder = '', port = '0', device = ''] = process.argv.slice(2)
const sizes: Sizes = JSON.parse(process.env.SKELETON_SIZES ?? '')

const db = new DatabaseSync(join(folder, `${role}.sqlite`))
db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000')
db.exec('create table line(id integer primary key, body text not null) strict')
const insert = db.prepare('insert into line(body) values (?)')

const agent = new Agent({ keepAlive: true })
const text = (length: number) => 'x'.repeat(length)
const documented = text(sizes.document)
const answered = text(sizes.answer)

createServer((incoming, outgoing) => {
  const parts: Buffer[] = []
  incoming.on('data', (part: Buffer) => parts.push(part))
  incoming.on('end', () => {
    const body = Buffer.concat(parts).toString('utf8')
    if (role === 'device') {
      insert.run(documented)
      answer(outgoing, documented)
    } else {
      insert.run(body)
      askDevice((document) => {
        insert.run(document)
        answer(outgoing, answered)
      })
    }
  })
}).listen(Number(port), '127.0.0.1')

const command = text(sizes.command)

function askDevice(heard: (document: string) => void): void {
  const headers = { 'content-type': 'application/json', 'content-length': sizes.command }
  const asked = httpRequest(
    { host: '127.0.0.1', port: device, method: 'POST', path: '/', agent, headers },
    (incoming) => {
      const parts: Buffer[] = []
      incoming.on('data', (part: Buffer) => parts.push(part))
      incoming.on('end', () => heard(Buffer.concat(parts).toString('utf8')))
    },
  )
  asked.end(command)
}

function answer(outgoing: import('node:http').ServerResponse, body: string): void {
  const length = Buffer.byteLength(body)
  outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': length })
  outgoing.end(body)
}
