import { together } from '../shop.ts'

await together([() => import('../v1-bank.e2e.ts'), () => import('../s3-card-hands.e2e.ts')])
