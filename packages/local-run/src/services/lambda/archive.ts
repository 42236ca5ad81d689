/** Unpacks a function's archive into a folder for its instances, as Lambda does into /var/task. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';

/**
 * Unpacks the archive.
 * @param archive path of the zip file
 * @throws Error when the archive is missing, is not a zip file, or has an entry outside of the folder
 */
export function unpack(archive: string, folder: string): void {
  for (const [name, content] of Object.entries(unzipSync(readFileSync(archive)))) {
    const file = path.resolve(folder, name);
    if (!file.startsWith(folder + path.sep))
      throw new Error(`${archive}: the path of the entry ${name} leads outside of the archive`);
    if (name.endsWith('/')) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
