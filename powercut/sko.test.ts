import { cutsOf } from './suite.ts'

// V6, a sample of `npm run powercut`.

cutsOf('sko', { disks: 8, steps: 7 })
