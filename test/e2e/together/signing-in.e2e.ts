import { together } from '../shop.ts'

await together([() => import('../n2-shift.e2e.ts'), () => import('../n1-sign-in.e2e.ts')])
