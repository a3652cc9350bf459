import { cutsOf } from './suite.ts'

// V6, a sample of `npm run powercut`.

cutsOf('stand', { disks: 12, steps: 9 })
