import { cutsOf } from './suite.ts'

// V6, a sample of `npm run powercut`.

cutsOf('acquirer', { disks: 4, steps: 4 })
