/** Unpacks a function's archive into a folder for its instances, as Lambda does into /var/task. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';

/**
 * Unpacks the archive.
 * @param archive path of the zip file
 * @param expectedHash SHA-256 of the archive in base64: Terraform's `source_code_hash`
 * @throws Error when the archive is missing, has a different hash, is not a zip file, or has an entry outside of the folder
 */
export function unpack(archive: string, expectedHash: string | undefined, folder: string): void {
  const bytes = readFileSync(archive);
  const hash = createHash('sha256').update(bytes).digest('base64');
  if (expectedHash !== undefined && expectedHash !== hash) {
    throw new Error(`${archive}: source_code_hash is ${expectedHash}, but the archive has the hash ${hash}`);
  }
  for (const [name, content] of Object.entries(unzipSync(bytes))) {
    const file = path.resolve(folder, name);
    if (!file.startsWith(folder + path.sep))
      throw new Error(`${archive}: the path of the entry ${name} leads outside of the archive`);
    if (name.endsWith('/')) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
