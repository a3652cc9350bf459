import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { officeFigures } from './office.ts'

const { values } = parseArgs({
  allowPositionals: true,
  options: { transactions: { type: 'string', default: '1e6' } },
})
const { transactions, takenIn, read, pages } = await officeFigures(Number(values.transactions))

console.log(`
${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}

feed taken in   ${takenIn.perSecond.toFixed(0)} transactions/s   target ≥ 5000
of which here   ${takenIn.processorMs.toFixed(3)} ms of processor each
only read       ${read.perSecond.toFixed(0)} transactions/s
of which here   ${read.processorMs.toFixed(3)} ms of processor each
taken in / read ${(takenIn.perSecond / read.perSecond).toFixed(2)}

pages at ${transactions} transactions of a client, ms   p50      max   processor   target ≤ 100
${pages
  .map(({ name, measured: { p50, max }, processorMs }) => {
    const cells = [p50, max, processorMs].map((ms) => ms.toFixed(1).padStart(9)).join('')
    return `${name.padEnd(40)}${cells}`
  })
  .join('\n')}
`)
