import { together } from '../shop.ts'

await together([() => import('../twelve-tabs.e2e.ts'), () => import('../h5-hands.e2e.ts')])
