/** Unpacks archives into a folder, as Lambda does: code into /var/task, layers into /opt. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';

/**
 * Unpacks an archive. Files that exist are replaced.
 * @param archive path or content of the zip file
 * @throws Error when the archive is missing, is not a zip file, or has an entry outside of the folder
 */
export function unpack(archive: string | Uint8Array, folder: string): void {
  const zip = typeof archive === 'string' ? readFileSync(archive) : archive;
  for (const [name, content] of Object.entries(unzipSync(zip))) {
    const file = path.resolve(folder, name);
    if (!file.startsWith(folder + path.sep))
      throw new Error(`${archiveName(archive)}: the path of the entry ${name} leads outside of the archive`);
    if (name.endsWith('/')) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

function archiveName(archive: string | Uint8Array): string {
  return typeof archive === 'string' ? archive : 'an archive in an S3 object';
}
