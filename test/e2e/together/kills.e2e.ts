import { together } from '../shop.ts'

await together([() => import('../s3-card-kills.e2e.ts'), () => import('../s3-killed.e2e.ts')])
