import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { shown } from './measure.ts'
import { operatorFigures } from './operator.ts'

const { values } = parseArgs({
  allowPositionals: true,
  options: { documents: { type: 'string', default: '1e7' } },
})
const most = Number(values.documents)
const { verified, inserted, ingested, commit, halfLoad, at } = await operatorFigures([1e5, most])

const perSecond = (count: number): string => `${count.toFixed(0).padStart(6)} /s`
const ratio = (a: number, b: number): string => (a / b).toFixed(2)
const [small, large] = [at[0], at.at(-1)]
const heads = at.map(({ documents }) => String(documents).padStart(10)).join('   p50   ')
const costs = small && large ? ratio(small.ingested, large.ingested) : '-'

console.log(`
${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}

signatures checked alone       ${perSecond(verified)}
rows inserted alone            ${perSecond(inserted)}
documents through the service  ${perSecond(ingested)}
service / the lower of these   ${ratio(ingested, Math.min(verified, inserted))}   target ≥ 0.50
a durable commit               ${shown(commit)}
acknowledged at half load      ${shown(halfLoad)}
p99 of these                   ${ratio(halfLoad.p99, commit.p99)}   target ≤ 50

documents stored     through the service   a document costs, of that at the fewest
${at
  .map(({ documents, ingested: rate }) => {
    const cost = ratio(small?.ingested ?? rate, rate)
    return `${String(documents).padStart(16)}     ${perSecond(rate)}             ${cost}`
  })
  .join('\n')}
at the most                    ${costs}   target ≤ 1.20

a page of the cabinet, ms            ${heads}   p50   max   target ≤ 50
${(large?.pages ?? [])
  .map(({ name }) => {
    const cells = at.map(({ pages }) => {
      const found = pages.find((page) => page.name === name)?.measured
      return `${found?.p50.toFixed(1).padStart(16)} ${found?.max.toFixed(1).padStart(8)}`
    })
    return `${name.padEnd(32)}${cells.join('')}`
  })
  .join('\n')}
`)
