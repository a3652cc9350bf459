import { parentPort } from 'node:worker_threads'
import { hashSync, verifySync } from '@node-rs/argon2'
import type { SecretAsked } from './secret.ts'

// argon2id, 19 MiB, t=2, p=1: the first choice of OWASP's password storage cheat sheet.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

parentPort?.on('message', ({ id, secret, stored }: SecretAsked) => {
  const answer = stored === null ? hashSync(secret, COST) : verifySync(stored, secret)
  parentPort?.postMessage({ id, answer })
})
