import { together } from '../shop.ts'

await together([
  () => import('../n6-receipts.e2e.ts'),
  () => import('../k1-goods.e2e.ts'),
  () => import('../k4-equipment.e2e.ts'),
])
