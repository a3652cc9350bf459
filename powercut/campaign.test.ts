import { cutsOf } from './suite.ts'

// V6, a sample of `npm run powercut`.

cutsOf('stand', { disks: 30, steps: 9 })
cutsOf('sko', { disks: 20, steps: 7 })
cutsOf('register', { disks: 20, steps: 6 })
