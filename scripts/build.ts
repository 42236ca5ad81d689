/** `npm run build`: bundles every function into dist/, its source map beside it, and prints the sizes. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { bundle, writeBundle } from '../constructs/bundle';

const ROOT = path.join(__dirname, '..');

const kilobytes = ({ length }: Uint8Array = new Uint8Array()) => `${(length / 1024).toFixed(1)} KB`;

const rows = [['function', 'bundle', 'zip', 'source map', 'folder']];
for (const name of readdirSync(path.join(ROOT, 'function')).sort()) {
  const entry = path.join(ROOT, 'function', name, 'index.ts');
  if (!existsSync(entry)) continue;
  const built = bundle(entry, { sourceMap: true });
  const folder = path.dirname(writeBundle(built, path.join(ROOT, 'dist', name)));
  rows.push([
    name,
    kilobytes(built.code),
    kilobytes(built.zip),
    kilobytes(built.sourceMap),
    path.relative(ROOT, folder),
  ]);
}
const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
for (const row of rows)
  console.log(
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
