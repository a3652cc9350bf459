import { cutsOf } from './suite.ts'

// V6, a sample of `npm run powercut`.

cutsOf('office', { disks: 2, steps: 4 })
