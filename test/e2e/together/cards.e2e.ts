import { together } from '../shop.ts'

await together([
  () => import('../s3-card.e2e.ts'),
  () => import('../s3-card-page.e2e.ts'),
  () => import('../s3-card-list.e2e.ts'),
])
