import { together } from '../shop.ts'

await together([
  () => import('../n5-cash-moves.e2e.ts'),
  () => import('../n4-refund.e2e.ts'),
  () => import('../n3-rights.e2e.ts'),
  () => import('../n9-selling.e2e.ts'),
])
