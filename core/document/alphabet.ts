const lettersFrom = (first: number): string =>
  String.fromCodePoint(...Array.from({ length: 32 }, (_, place) => first + place))

/** The letters of both languages, whichever is spoken: what a code page lacks is seen by them. */
export const ALPHABET = [
  lettersFrom(0x410),
  lettersFrom(0x430),
  '\u0401\u0451 \u040e\u045e \u0406\u0456 \u2116 0123456789',
].join(' ')
