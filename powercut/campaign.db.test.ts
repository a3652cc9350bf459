import { cutsOf } from './suite.ts'

// V6, a sample of `npm run powercut`: the embedded PostgreSQL.

cutsOf('operator', { disks: 4, steps: 3 })
cutsOf('acquirer', { disks: 4, steps: 4 })
