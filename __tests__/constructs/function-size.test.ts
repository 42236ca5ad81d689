/** What makes a function start slowly does not creep in: bytes to load and to compile, modules of Node. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundle, type Sdk, writeBundle } from '../../../constructs/bundle';
import { LAMBDA_ENVIRONMENT } from './support/instance';
import { ROOT } from '../../../__tests__/support/local-run';

const FUNCTIONS = ['items', 'manager', 'products'];

const MOST_ZIP_BYTES = 60 * 1024;

/** It has 80 to 84 KB. */
const MOST_CODE_BYTES = 90 * 1024;

/** All that the function asks Node for, at the start and later. */
const BUILT_INS = ['buffer', 'crypto', 'http', 'https', 'net', 'os', 'stream', 'timers/promises'];

/** Loads a bundle, and tells what V8 has compiled for it. */
const MEASURE = `
  const { getHeapCodeStatistics } = require('node:v8');
  // Not what Node compiles of its own for these, which both ask for.
  process.argv[2].split(' ').forEach((name) => require('node:' + name));
  const size = () => getHeapCodeStatistics().bytecode_and_metadata_size;
  const before = size();
  require(process.argv[1]);
  process.stdout.write(String(size() - before));
  process.exit();
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'budget-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const built = (name: string, sdk: Sdk) => bundle(path.join(ROOT, 'function', name, 'index.ts'), { sdk });

test.each(FUNCTIONS)('%s: the zip has at most 60 KB, the code at most 90 KB', (name) => {
  const { zip, code } = built(name, 'fast');
  expect(zip.length).toBeLessThanOrEqual(MOST_ZIP_BYTES);
  expect(code.length).toBeLessThanOrEqual(MOST_CODE_BYTES);
});

test.each(FUNCTIONS)("%s: of Node's modules these are loaded", (name) => {
  const text = Buffer.from(built(name, 'fast').code).toString();
  const asked = [...text.matchAll(/(?:require|import)\("(?:node:)?([\w/]+)"\)/g)].map(([, module]) => module);
  expect([...new Set(asked)].sort()).toEqual(BUILT_INS);
});

test('what V8 compiles while the function loads is less than half of what it is with the stock SDK', () => {
  const compiled = (sdk: Sdk) => {
    writeBundle(built('items', sdk), path.join(folder, sdk));
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['-e', MEASURE, path.join(folder, sdk, 'index.js'), BUILT_INS.join(' ')],
      {
        env: { ...LAMBDA_ENVIRONMENT, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
        encoding: 'utf8',
      },
    );
    expect(stderr).toBe('');
    return Number(stdout);
  };
  const [fast, stock] = [compiled('fast'), compiled('stock')];
  expect(fast).toBeGreaterThan(0);
  expect(fast / stock).toBeLessThan(0.5);
});
