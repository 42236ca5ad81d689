/** Where the requires of dynalite lead is kept at the end of its thread, for the next start. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A thread has the variables of its process, not those of a test. */
const START_AND_STOP = `
  const { startDynamodb } = require('./packages/local-run/src/services/dynamodb/dynamodb');
  startDynamodb(undefined, () => undefined).then(async (dynamodb) => {
    await dynamodb.stop();
    await dynamodb.stop();
    console.log('stopped twice');
  });`;

test('the thread ends by itself, and leaves what it loaded', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dynamodb-kept-'));
  try {
    const { stdout, stderr } = spawnSync(process.execPath, ['-r', './cache/typescript.cjs', '-e', START_AND_STOP], {
      cwd: path.join(__dirname, '../../../../..'),
      encoding: 'utf8',
      env: { ...process.env, SERVERLESS_CRUD_CACHE: folder },
    });
    expect([stdout, stderr]).toEqual(['stopped twice\n', '']);
    const packages = path.join(folder, 'packages');
    const kept = readdirSync(packages).map((name) => readFileSync(path.join(packages, name), 'latin1'));
    expect(kept.some((text) => text.includes('node_modules/dynalite/index.js'))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
