/** The kept synth of the app itself: two runs of it, and runs at once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { synth } from '../../src/source/cdktf';
import { ROOT } from '../../../../__tests__/support/local-run';

let folder: string;
let kept: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'synth-cache-'));
  kept = path.join(folder, 'kept');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('of the app itself', () => {
  const digest = (out: string) =>
    Object.fromEntries(
      readdirSync(out, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .map((file) => [path.relative(out, file), readFileSync(file, 'base64')]),
    );
  const before = process.env['SERVERLESS_CRUD_CACHE'];

  beforeEach(() => (process.env['SERVERLESS_CRUD_CACHE'] = kept));
  afterEach(() => {
    if (before === undefined) delete process.env['SERVERLESS_CRUD_CACHE'];
    else process.env['SERVERLESS_CRUD_CACHE'] = before;
  });

  test('the second run has the same deployment without the app having run, a setting runs it', async () => {
    const outs = ['a', 'b', 'c'].map((name) => path.join(folder, name)) as [string, string, string];
    await synth({ out: outs[0] });
    expect(readdirSync(path.join(kept, 'synth'))).toHaveLength(1);
    // Without what it was made of: whatever is there now comes from the earlier run. (Bundles during whose build a folder
    // of the project changed, as by other tests, are not kept.)
    rmSync(path.join(kept, 'bundles'), { recursive: true, force: true });
    await synth({ out: outs[1] });
    expect(readdirSync(kept)).not.toContain('bundles');
    expect(digest(outs[1])).toEqual(digest(outs[0]));
    await synth({ out: outs[2], environment: { MEMORY_MB: '512' } });
    expect(readdirSync(path.join(kept, 'synth'))).toHaveLength(2);
    expect(readFileSync(path.join(outs[2], 'stacks/items/cdk.tf.json'), 'utf8')).toContain('"memory_size": 512');
  }, 60_000);

  test('two at once, from nothing kept, write the same', async () => {
    const outs = ['a', 'b'].map((name) => path.join(folder, name)) as [string, string];
    await Promise.all(outs.map((out) => synth({ out })));
    expect(digest(outs[0])).toEqual(digest(outs[1]));
    expect(readdirSync(path.join(kept, 'synth'))).toHaveLength(1);
  }, 60_000);

  test('an error that ends the app names the line of the TypeScript', async () => {
    const file = path.join(folder, 'fault.ts');
    writeFileSync(
      file,
      "// one\n\n\ninterface X { a: 1 }\nthrow new Error('at line 5') as X & Error;\n".replace(
        'interface',
        '// \ninterface',
      ),
    );
    const child = spawn(process.execPath, ['-r', './cache/typescript.cjs', file], { cwd: ROOT });
    let text = '';
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await once(child, 'close');
    expect(text).toContain('fault.ts:6:7');
  });
});
