/** `npm run build`: bundles every function into dist/, with its source map beside it, and prints the sizes. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Bundle, writeBundle } from '../constructs/bundle';
import { buildFunctions } from '../stacks/build-functions';
import { cli } from './cli';
import { loadContracts } from './contracts';
import { ROOT } from './project';

const HELP = `Bundles every function into dist/, with its source map beside it, and prints the sizes.

  npm run build

  --help  shows this help

Deployments do not need it: npm run synth and npm run deploy bundle the functions themselves. Use
the build to read a bundle, or to upload a bundle in another way.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h', default: false } } });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const bundles = await buildFunctions(await loadContracts(), { sourceMap: true });
  const rows = [...bundles].map(([name, bundle]) => write(name, bundle));
  printTable([['function', 'bundle', 'zip', 'source map', 'folder'], ...rows]);
}

/** Writes a bundle into dist/. @returns the function's row in the table */
function write(name: string, bundle: Bundle): string[] {
  const folder = path.dirname(writeBundle(bundle, path.join(ROOT, 'dist', name)));
  const sizes = [bundle.code, bundle.zip, bundle.sourceMap ?? []].map(
    ({ length }) => `${(length / 1024).toFixed(1)} KB`,
  );
  return [name, ...sizes, path.relative(ROOT, folder)];
}

function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    console.log(cells.join('  ').trimEnd());
  }
}

cli('build', main);
