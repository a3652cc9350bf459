import { cutsOf } from './suite.ts'

// V6, a sample of `npm run powercut`.

cutsOf('sko', { disks: 20, steps: 7 })
