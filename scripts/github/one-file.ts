/** Reads the file of a downloaded artifact. Untrusted code may have written the artifact. */
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder does not contain exactly one regular file, or the file is too large or has an unexpected SHA-256. */
export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
}

/**
 * Reads the only file of a folder.
 * @param maxBytes maximum size of the file
 * @param sha256 the expected SHA-256 as hexadecimal digits @default any content
 * @throws ArtifactError unless the only entry is a regular file of at most `maxBytes` with the expected SHA-256
 */
export function readSingleFile(folder: string, maxBytes: number, sha256?: string): Buffer {
  const names = readdirSync(folder);
  const [entry = ''] = names;
  // Quoted: a name with a line end could start a workflow command of GitHub's runner (`::error::`).
  const name = JSON.stringify(entry);
  const fail = (problem: string): never => {
    throw new ArtifactError(`${folder} ${problem}. Download an artifact with one file into an empty folder.`);
  };
  if (names.length !== 1)
    fail(`has ${names.length} entries${names.length > 0 ? `: ${JSON.stringify(names.slice(0, 5))}` : ''}`);
  const file = path.join(folder, entry);
  if (!lstatSync(file).isFile()) fail(`has ${name}, which is a link or a folder`);
  // O_NOFOLLOW and O_NONBLOCK: the entry could be replaced between lstat and open.
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) fail(`has ${name}, which is not a regular file`);
    if (stats.size > maxBytes) fail(`has ${name} with ${stats.size} bytes; the maximum is ${maxBytes}`);
    const content = readFileSync(descriptor);
    if (content.length > maxBytes) fail(`has ${name}, which grew to ${content.length} bytes`);
    const actual = createHash('sha256').update(content).digest('hex');
    if (sha256 !== undefined && actual !== sha256) fail(`has ${name} with the SHA-256 ${actual}, not ${sha256}`);
    return content;
  } finally {
    closeSync(descriptor);
  }
}
