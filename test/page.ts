// What a page finds in its browser, for a test of its logic: import it before the page's modules.

/** The address that the page stands at. */
export const place = Object.assign(globalThis, {
  location: { hash: '' },
  document: { documentElement: { lang: '' } },
}).location
