import { constants, setPriority } from 'node:os'

// Loaded before the test files that give way to others: what they start gives way as well.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
