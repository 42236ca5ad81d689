/** The stand-in for hashicorp/local. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Provider, Values } from '../provider/provider';
import { StandInError } from '../provider/stand-in-error';
import type { Attribute } from '../schema/schema';
import { computed, optional, providerSchemas, required, schema, secret } from '../schema/define';
import { digests } from './digests';
import { text } from '../provider/text';

interface LocalOptions {
  readonly folder: string;
  readonly pathToWrite: (file: string) => string;
}

const DIGESTS = Object.fromEntries(Object.keys(digests('', 'content_')).map((name) => [name, computed('string')]));

const WRITTEN: Readonly<Record<string, Attribute>> = {
  ...{ filename: required('string'), content: optional('string'), content_base64: optional('string') },
  ...{ source: optional('string'), directory_permission: optional('string', '0777') },
  ...DIGESTS,
};

const READ = { filename: required('string'), ...DIGESTS };

export function local(options: LocalOptions): Provider {
  const write = (values: Values) => writeFile(values, options);
  const read = (values: Values) => readFile(values, options);
  return {
    schemas: providerSchemas(
      {
        local_file: schema({
          ...{ ...WRITTEN, file_permission: optional('string', '0777'), sensitive_content: optional('string') },
        }),
        local_sensitive_file: schema({ ...WRITTEN, file_permission: optional('string', '0700') }),
      },
      {
        local_file: schema({ ...READ, content: computed('string'), content_base64: computed('string') }),
        local_sensitive_file: schema({ ...READ, content: secret('string'), content_base64: secret('string') }),
      },
    ),
    replacesOnChange: true,
    resources: { local_file: write, local_sensitive_file: write },
    restore: { local_file: write, local_sensitive_file: write },
    dataSources: { local_file: read, local_sensitive_file: read },
  };
}

function writeFile(values: Values, { folder, pathToWrite }: LocalOptions): Values {
  const content = contentOf(values, folder);
  const file = pathToWrite(path.resolve(folder, String(values['filename'])));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content, { mode: parseInt(text(values['file_permission'], '0777'), 8) });
  const contentDigests = digests(content, 'content_');
  return { id: contentDigests['content_sha1'], ...contentDigests };
}

function contentOf(
  { content, content_base64: base64, source, sensitive_content: sensitive }: Values,
  folder: string,
): Buffer {
  if (typeof base64 === 'string') return Buffer.from(base64, 'base64');
  if (typeof source === 'string') return readFileSync(path.resolve(folder, source));
  return Buffer.from(text(content, text(sensitive)));
}

function readFile({ filename }: Values, { folder }: LocalOptions): Values {
  const file = path.resolve(folder, String(filename));
  try {
    const content = readFileSync(file);
    const contentDigests = digests(content, 'content_');
    const texts = { content: content.toString(), content_base64: content.toString('base64') };
    return { id: contentDigests['content_sha1'], ...texts, ...contentDigests };
  } catch (error) {
    throw new StandInError('The file of a data source cannot be read', `${file}: ${(error as Error).message}`);
  }
}
