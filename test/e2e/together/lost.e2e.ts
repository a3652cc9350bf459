import { together } from '../shop.ts'

await together([
  () => import('../s1-sko-lost.e2e.ts'),
  () => import('../s4-correction.e2e.ts'),
  () => import('../s3-facts.e2e.ts'),
])
