/** Writes docs/supported.md: `npx jiti packages/local-run/bin/write-supported.ts`. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { supportedPage } from './supported/page';

async function main(): Promise<void> {
  writeFileSync(path.join(__dirname, '../docs/supported.md'), await supportedPage());
}

void main();
