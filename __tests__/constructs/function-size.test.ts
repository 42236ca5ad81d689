/** Limits for cold starts: the size of archive and code, the code that V8 compiles, and the modules of Node.js. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Bundle, type Sdk, writeBundle } from '../../constructs/bundle';
import type { Api } from '../../function/contract/api';
import { buildFunctions } from '../../stacks/build-functions';
import { items } from '../support/contract/contracts';
import { PROJECT_APIS } from '../support/project-apis';

const CONTRACTS: readonly Api[] = PROJECT_APIS.length > 0 ? PROJECT_APIS : [items];

const MAX_ZIP_BYTES = 39 * 1024;
const MAX_CODE_BYTES = 110 * 1024;

/** All modules of Node.js that a function requires, at cold start or later. */
const BUILT_INS = ['buffer', 'crypto', 'http', 'https', 'net', 'os', 'stream', 'timers/promises'];

/** Script that loads a bundle and prints the size of the bytecode that V8 compiles for it. */
const MEASURE = `
  const { getHeapCodeStatistics } = require('node:v8');
  // Load these modules first: their bytecode must not count.
  process.argv[2].split(' ').forEach((name) => require('node:' + name));
  const size = () => getHeapCodeStatistics().bytecode_and_metadata_size;
  const before = size();
  require(process.argv[1]);
  process.stdout.write(String(size() - before));
  process.exit();
`;

const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
  AWS_ACCESS_KEY_ID: 'x',
  AWS_SECRET_ACCESS_KEY: 'x',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  TABLE_NAMES: 'items',
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'function-size-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function bundleOf(contract: Api, sdk: Sdk): Promise<Bundle> {
  const [bundle] = (await buildFunctions([contract], { sdk })).values();
  if (!bundle) throw new Error(`${contract.name} was not bundled`);
  return bundle;
}

test.each(CONTRACTS)('$name: the archive has at most 39 KB, the code at most 110 KB', async (contract) => {
  const { zip, code } = await bundleOf(contract, 'fast');
  expect(zip.length).toBeLessThanOrEqual(MAX_ZIP_BYTES);
  expect(code.length).toBeLessThanOrEqual(MAX_CODE_BYTES);
});

test.each(CONTRACTS)('$name requires only these modules of Node.js', async (contract) => {
  const text = Buffer.from((await bundleOf(contract, 'fast')).code).toString();
  const required = [...text.matchAll(/(?:require|import)\("(?:node:)?([\w/]+)"\)/g)].map(([, module]) => module);
  expect([...new Set(required)].sort()).toEqual(BUILT_INS);
});

test('V8 compiles less than half as much bytecode as with the stock SDK', async () => {
  const bytecodeBytes = async (sdk: Sdk) => {
    writeBundle(await bundleOf(items, sdk), path.join(folder, sdk));
    const args = ['-e', MEASURE, path.join(folder, sdk, 'index.js'), BUILT_INS.join(' ')];
    const { stdout, stderr } = spawnSync(process.execPath, args, { env: ENVIRONMENT, encoding: 'utf8' });
    expect(stderr).toBe('');
    return Number(stdout);
  };
  const [fast, stock] = [await bytecodeBytes('fast'), await bytecodeBytes('stock')];
  expect(fast).toBeGreaterThan(0);
  expect(fast / stock).toBeLessThan(0.5);
});
