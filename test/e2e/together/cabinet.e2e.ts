import { together } from '../shop.ts'

await together([() => import('../c1-cabinet.e2e.ts'), () => import('../c1-people.e2e.ts')])
