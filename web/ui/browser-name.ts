// What a browser says of itself names others too: the first that is found here is meant.
const browsers = [
  [/YaBrowser/, 'Yandex Browser'],
  [/Edg/, 'Edge'],
  [/OPR|Opera/, 'Opera'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
] as const
const systems = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const

/** «Chrome, Linux» of a User-Agent; of one that is not known as it is, shortened. */
export function browserName(userAgent: string): string {
  const of = (table: readonly (readonly [RegExp, string])[]) =>
    table.find(([form]) => form.test(userAgent))?.[1]
  const named = [of(browsers), of(systems)].filter((each) => each !== undefined)
  return named.join(', ') || userAgent.slice(0, 40)
}
