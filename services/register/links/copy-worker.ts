import { parentPort, workerData } from 'node:worker_threads'
import { type CopyWork, carryOutCopy } from './copying.ts'

// A thread of its own: who sells does not wait while a copy is made and every page of it is read.

parentPort?.postMessage(await carryOutCopy(workerData as CopyWork))
