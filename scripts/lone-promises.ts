import type asyncHooks from 'node:async_hooks'
import { createRequire } from 'node:module'

// Loaded before each test file. The runner follows each promise of its process to know in which
// test an error arose that nobody caught: up to a tenth of a processor's time. Without that such
// an error fails its file all the same.

const hooks: typeof asyncHooks = createRequire(import.meta.url)('node:async_hooks')
const { createHook } = hooks
hooks.createHook = (callbacks) => createHook(Object.assign({ trackPromises: false }, callbacks))
