import { cutsOf } from './suite.ts'

// V6, a sample of `npm run powercut`.

cutsOf('operator', { disks: 4, steps: 3 })
