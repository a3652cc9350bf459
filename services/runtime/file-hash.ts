import { createHash } from 'node:crypto'
import { createReadStream, existsSync, statSync } from 'node:fs'

/** SHA-256 of a file's bytes, in hexadecimal; fails where the file cannot be read. */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part)
  return hash.digest('hex')
}

/** A file lies there with this length and these bytes. */
export const isFileOf = async (
  { sha256, length }: { sha256: string; length: number },
  path: string,
): Promise<boolean> =>
  existsSync(path) && statSync(path).size === length && (await fileSha256(path)) === sha256
