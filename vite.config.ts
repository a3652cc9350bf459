import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const web = resolve(import.meta.dirname, 'web')
const pages = readdirSync(web).filter((name) => existsSync(resolve(web, name, 'index.html')))

// Every folder of web/ with an index.html is a page; dist/web/<page>/index.html is what is served.
export default defineConfig({
  root: web,
  base: '/',
  resolve: {
    alias: [
      { find: /^#core\//, replacement: `${resolve(import.meta.dirname, 'core')}/` },
      { find: /^#web\//, replacement: `${web}/` },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  build: {
    outDir: resolve(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: Object.fromEntries(pages.map((name) => [name, resolve(web, name, 'index.html')])),
      // The pages' policy forbids eval; told so beforehand, zod does not try it and raise an alarm.
      output: { banner: 'globalThis.__zod_globalConfig={jitless:true};' },
    },
  },
})
