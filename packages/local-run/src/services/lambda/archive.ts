/** Unpacks a function's archive to where its instances load it from, as Lambda does below /var/task. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';

/**
 * @param hash SHA-256 that the archive must have, in base64: Terraform's `source_code_hash`
 * @throws Error when the archive is missing, is another one, is no zip, or has a file outside of its folder
 */
export function unpack(archive: string, hash: string | undefined, folder: string): void {
  const bytes = readFileSync(archive);
  const found = createHash('sha256').update(bytes).digest('base64');
  if (hash !== undefined && hash !== found) {
    throw new Error(`${archive}: source_code_hash is ${hash}, but the archive's is ${found}`);
  }
  for (const [name, content] of Object.entries(unzipSync(bytes))) {
    const file = path.resolve(folder, name);
    if (!file.startsWith(folder + path.sep))
      throw new Error(`${archive}: the entry ${name} lies outside of the archive`);
    if (name.endsWith('/')) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
