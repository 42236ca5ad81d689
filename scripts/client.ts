/** `npm run client`: writes the TypeScript types of each stack's client. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { clientTypes } from './openapi/client-types';
import { readDocuments } from './openapi/documents';
import { ROOT } from './project';

const HELP = `Writes the TypeScript types of each stack's client, for the package openapi-fetch.

  npm run client -- [options] [FOLDER] [STACK ...]

  FOLDER           the folder of another app, for example examples/orders (default: this project)
  STACK            writes only the types of these stacks (default: all)
  --output FOLDER  writes to this folder (default: dist/client)
  --help           shows this help
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      output: { type: 'string', default: 'dist/client' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const folder = path.resolve(ROOT, values.output);
  mkdirSync(folder, { recursive: true });
  for (const { stack, document } of await readDocuments(positionals)) {
    const file = path.join(folder, `${stack}.ts`);
    writeFileSync(file, await clientTypes(document));
    console.log(`${stack}  ${path.relative(ROOT, file)}`);
  }
}

cli('client', main);
