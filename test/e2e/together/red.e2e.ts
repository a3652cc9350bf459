import { together } from '../shop.ts'

await together([
  () => import('../s3-kinds.e2e.ts'),
  () => import('../s3-red-receipt.e2e.ts'),
  () => import('../a11y-red.e2e.ts'),
])
