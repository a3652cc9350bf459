import { together } from '../shop.ts'

await together([() => import('../marking.e2e.ts'), () => import('../n3-cash-sale.e2e.ts')])
