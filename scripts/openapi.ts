/** `npm run openapi`: writes the OpenAPI document of each stack. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { readDocuments } from './openapi/documents';
import { ROOT } from './project';

const HELP = `Writes the OpenAPI 3.1 document of each stack, made from its contract.

  npm run openapi -- [options] [FOLDER] [STACK ...]

  FOLDER           the folder of another app, for example examples/orders (default: this project)
  STACK            writes only these documents (default: all)
  --output FOLDER  writes to this folder (default: dist/openapi)
  --url URL        the URL of the API; for one stack only (default: a template of API Gateway's
                   URLs)
  --help           shows this help
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      output: { type: 'string', default: 'dist/openapi' },
      url: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const files = await readDocuments(positionals);
  if (values.url !== undefined && files.length > 1) {
    throw new Error(
      `--url is for one stack, but ${files.map(({ stack }) => stack).join(', ')} have a document. Name one stack.`,
    );
  }
  const folder = path.resolve(ROOT, values.output);
  mkdirSync(folder, { recursive: true });
  for (const { stack, document } of files) {
    const file = path.join(folder, `${stack}.json`);
    const located = values.url === undefined ? document : { ...document, servers: [{ url: values.url }] };
    writeFileSync(file, `${JSON.stringify(located, null, 2)}\n`);
    console.log(`${stack}  ${path.relative(ROOT, file)}`);
  }
}

cli('openapi', main);
