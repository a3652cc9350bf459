import { together } from '../shop.ts'

await together([() => import('../n3-handheld.e2e.ts'), () => import('../k3-people.e2e.ts')])
