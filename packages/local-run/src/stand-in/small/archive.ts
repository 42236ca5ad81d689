/** The stand-in for hashicorp/archive. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import type { Provider, Values } from '../provider/provider';
import { StandInError } from '../provider/stand-in-error';
import type { Schema } from '../schema/schema';
import { computed, nested, optional, providerSchemas, required, schema } from '../schema/define';
import { type ArchiveEntry, archiveEntries } from './archive-entries';
import { digests } from './digests';

interface ArchiveOptions {
  readonly folder: string;
  readonly pathToWrite: (file: string) => string;
}

/** The time of all entries, so that equal sources make equal archives. */
const ENTRY_TIME = '2049-01-01T00:00:00';
const UNIX = 3;

const ARCHIVE: Schema = schema(
  {
    ...{ type: required('string'), output_path: required('string'), output_file_mode: optional('string') },
    ...{ source_file: optional('string'), source_dir: optional('string'), source_content: optional('string') },
    ...{ source_content_filename: optional('string'), excludes: optional(['set', 'string']) },
    ...{
      exclude_symlink_directories: optional('bool'),
      output_size: computed('number'),
      output_md5: computed('string'),
    },
    ...{ output_sha: computed('string'), output_sha256: computed('string'), output_base64sha256: computed('string') },
    ...{ output_sha512: computed('string'), output_base64sha512: computed('string') },
  },
  { source: nested('set', { content: required('string'), filename: required('string') }) },
);

export function archive(options: ArchiveOptions): Provider {
  const archiveFile = (config: Values) => writeArchive(config, options);
  return {
    schemas: providerSchemas({ archive_file: ARCHIVE }, { archive_file: ARCHIVE }),
    replacesOnChange: true,
    resources: { archive_file: archiveFile },
    restore: { archive_file: archiveFile },
    dataSources: { archive_file: archiveFile },
  };
}

function writeArchive(config: Values, { folder, pathToWrite }: ArchiveOptions): Values {
  const { type, output_path: output, output_file_mode: mode } = config;
  if (type !== 'zip') {
    throw new StandInError(
      'The local run makes no such archive',
      `\`type\` is "${String(type)}". Set \`type\` to "zip".`,
    );
  }
  const file = path.resolve(folder, String(output));
  const bytes = zip(archiveEntries(config, folder, file), mode as string | null | undefined);
  const target = pathToWrite(file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, bytes);
  const { output_sha1: sha, ...rest } = digests(Buffer.from(bytes), 'output_');
  return { id: sha, output_size: bytes.length, output_sha: sha, ...rest };
}

/** @param mode octal digits, for example `0644` @default the mode of each file */
function zip(entries: readonly ArchiveEntry[], mode: string | null | undefined): Uint8Array {
  const options = (entry: ArchiveEntry) => ({
    mtime: ENTRY_TIME,
    os: UNIX,
    attrs: (0o100000 | (typeof mode === 'string' ? parseInt(mode, 8) : entry.mode)) * 2 ** 16,
  });
  return zipSync(Object.fromEntries(entries.map((entry) => [entry.name, [entry.content, options(entry)]])));
}
