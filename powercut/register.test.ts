import { cutsOf } from './suite.ts'

// V6, a sample of `npm run powercut`.

cutsOf('register', { disks: 20, steps: 6 })
