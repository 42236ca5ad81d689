/** The SDK is bundled from its ES modules, whatever imports it and whatever esbuild's main fields are. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from './support/build';

const MODULES = path.resolve(path.dirname(require.resolve('esbuild/package.json')), '..');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'module-build-'));
  const modules = path.join(folder, 'node_modules');
  mkdirSync(path.join(modules, 'repository'), { recursive: true });
  for (const name of ['@aws-sdk', '@smithy', '@aws', 'bowser', 'tslib']) {
    symlinkSync(path.join(MODULES, name), path.join(modules, name));
  }
  // A CommonJS package, such as electrodb.
  const required = "exports.sdk = require('@aws-sdk/client-dynamodb'); exports.core = require('@smithy/core/client');";
  writeFileSync(path.join(modules, 'repository/index.js'), required);
  writeFileSync(
    path.join(folder, 'index.ts'),
    `
      import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
      import { sdk, core } from 'repository';
      const client = new sdk.DynamoDBClient({ region: 'eu-west-1' });
      process.stdout.write(String(client instanceof DynamoDBClient) + typeof core.Client);
    `,
  );
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(['lean', 'stock'] as const)(
  'a package that requires the SDK gets the copy that the function imports (%s)',
  async (sdk) => {
    const file = path.join(folder, 'out.js');
    const { metafile } = await build(path.join(folder, 'index.ts'), file, sdk, folder);
    const inputs = Object.keys(metafile.inputs);
    expect(inputs.filter((name) => name.includes('/dist-cjs/'))).toEqual([]);
    expect(inputs.some((name) => name.includes('/dist-es/'))).toBe(true);
    expect(inputs.some((name) => name.includes('src/client/send.ts'))).toBe(sdk === 'lean');
    expect(execFileSync(process.execPath, [file], { encoding: 'utf8', env: {} })).toBe('truefunction');
  },
);

test.each(['lean', 'stock'] as const)('a bundle has only the commands that the function imports (%s)', async (sdk) => {
  const entry = path.join(folder, 'get.ts');
  writeFileSync(entry, "import { GetCommand } from '@aws-sdk/lib-dynamodb'; console.log(new GetCommand({} as never));");
  const { metafile } = await build(entry, path.join(folder, 'out.js'), sdk, folder);
  const [output] = Object.values(metafile.outputs);
  const files = Object.entries(output?.inputs ?? {}).flatMap(([name, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [path.basename(name)] : [],
  );
  expect(files).toContain('GetCommand.js');
  expect(files).not.toContain('QueryCommand.js');
  expect(files).not.toContain('createPaginator.js');
});
