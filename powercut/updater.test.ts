import { cutsOf } from './suite.ts'

// V6, a sample of `npm run powercut`.

cutsOf('updater', { disks: 12, steps: 3 })
