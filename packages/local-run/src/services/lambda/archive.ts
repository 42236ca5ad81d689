/** Unpacks a function's archive to where its instances load it from, as Lambda does below /var/task. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as fflate from 'fflate';
import { keyOf, ROOT, Store } from '../../../../../cache/store.cjs';

type Entries = readonly (readonly [name: string, content: Uint8Array])[];

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
  for (const [name, content] of entriesOf(bytes, found)) {
    const file = path.resolve(folder, name);
    if (!file.startsWith(folder + path.sep))
      throw new Error(`${archive}: the entry ${name} lies outside of the archive`);
    if (name.endsWith('/')) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/**
 * From an earlier run that had the same archive: to load what inflates, and to run it for the first time, is a tenth of a start.
 * @param hash of the bytes
 */
function entriesOf(bytes: Uint8Array, hash: string): Entries {
  const store = new Store('archives');
  const key = keyOf(hash);
  const known = store.read(key);
  if (known) return joined(known);
  const { unzipSync } = createRequire(path.join(ROOT, 'package.json'))('fflate') as typeof fflate;
  const entries = Object.entries(unzipSync(bytes));
  store.write(key, split(entries));
  return entries;
}

/** Names and lengths on a line, and the contents after it. */
function split(entries: Entries): Uint8Array {
  const head = JSON.stringify(entries.map(([name, content]) => [name, content.length]));
  return Buffer.concat([Buffer.from(`${head}\n`), ...entries.map(([, content]) => content)]);
}

function joined(content: Buffer): Entries {
  let start = content.indexOf('\n') + 1;
  const head = JSON.parse(content.toString('utf8', 0, start)) as [name: string, length: number][];
  return head.map(([name, length]) => [name, content.subarray(start, (start += length))]);
}
