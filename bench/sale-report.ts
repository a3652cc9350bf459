import { shown } from './measure.ts'
import { againstSkeleton, saleAndSkeleton } from './sale.ts'

// `npm run bench -- sale [--sales N]`: a sale beside its skeleton, and nothing else.

const place = process.argv.indexOf('--sales')
const sales = place < 0 ? 1500 : Number(process.argv[place + 1])

const { device, sale, skeleton } = await saleAndSkeleton(sales)
console.log(`
skeleton of a sale             ${shown(skeleton)}
cash sale through the register ${shown(sale)}
document over tsrv             ${shown(device)}

${againstSkeleton(sale, skeleton)}
`)
