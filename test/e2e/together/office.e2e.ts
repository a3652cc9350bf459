import { together } from '../shop.ts'

await together([() => import('../c4-office.e2e.ts'), () => import('../c4-parted.e2e.ts')])
