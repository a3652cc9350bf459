import { together } from '../shop.ts'

await together([() => import('../n12-closing.e2e.ts'), () => import('../k2-import.e2e.ts')])
