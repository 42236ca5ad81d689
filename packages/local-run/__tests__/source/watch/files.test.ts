/** Watching a folder of real files. */
import fs, { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Files, WatchError } from '../../../src/source/watch/files';

let root: string;
let files: Files;
let told: { readonly files: readonly string[]; readonly since: number }[];
let faults: string[];

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'files-'));
  mkdirSync(path.join(root, 'source/deep'), { recursive: true });
  save('source/main.ts');
  save('source/deep/one.ts');
  told = [];
  faults = [];
  files = new Files({
    root,
    onFirst: () => undefined,
    onChange: (changed, since) => told.push({ files: changed, since }),
    onFault: ({ message }) => faults.push(message),
  });
});

afterEach(() => {
  files.close();
  rmSync(root, { recursive: true, force: true });
});

const save = (name: string) => writeFileSync(path.join(root, name), `${performance.now()}`);
const follow = (began?: number) => files.follow([path.join(root, 'source/main.ts')], began);

/** Saves, and waits until it is quiet. @returns what was told of it */
async function changes(change: () => void): Promise<readonly string[]> {
  told = [];
  change();
  await setTimeout(100);
  return told.flatMap(({ files: some }) => some);
}

test('a change is pending until it is told, with the time of its first sign', async () => {
  follow();
  const before = performance.now();
  save('source/deep/one.ts');
  await setTimeout(10);
  const after = performance.now();
  save('source/main.ts');
  expect(files.pending).toBe(true);
  await setTimeout(100);
  expect(files.pending).toBe(false);
  expect(told).toHaveLength(1);
  expect(told[0]?.files).toEqual(['source/deep/one.ts', 'source/main.ts']);
  expect(told[0]?.since).toBeGreaterThan(before);
  expect(told[0]?.since).toBeLessThan(after);
});

test("an editor's own file that comes and goes is told as nothing", async () => {
  follow();
  const changed = await changes(() => {
    save('source/sedabc');
    rmSync(path.join(root, 'source/sedabc'));
  });
  expect(changed).toEqual([]);
  expect(told).toHaveLength(1);
});

test('what changed before its folder was watched has changed', async () => {
  const began = Date.now() - 60_000;
  expect(await changes(() => follow(began))).toEqual(['source/main.ts']);
  expect(await changes(() => follow(began))).toEqual([]);
});

test('so has what was written elsewhere before, and moved there meanwhile', async () => {
  const other = path.join(root, 'other.ts');
  writeFileSync(other, 'moved');
  await setTimeout(20);
  const began = Date.now();
  await setTimeout(20);
  renameSync(other, path.join(root, 'source/main.ts'));
  expect(await changes(() => follow(began))).toEqual(['source/main.ts']);
});

test.each(['source/deep', 'source'])(
  'the folder %s is watched again when it is removed and made at once',
  async (name) => {
    follow();
    for (let n = 0; n < 3; n += 1) {
      await changes(() => {
        rmSync(path.join(root, name), { recursive: true });
        mkdirSync(path.join(root, 'source/deep'), { recursive: true });
      });
      expect(await changes(() => save('source/deep/one.ts'))).toEqual(['source/deep/one.ts']);
    }
  },
);

test.each(['source/deep', 'source'])('so is the folder %s when it is made a while later', async (name) => {
  follow();
  await changes(() => rmSync(path.join(root, name), { recursive: true }));
  expect(await changes(() => mkdirSync(path.join(root, 'source/deep'), { recursive: true }))).toEqual([name]);
  expect(await changes(() => save('source/deep/one.ts'))).toEqual(['source/deep/one.ts']);
});

test('so it is when another one is moved to its place', async () => {
  follow();
  await changes(() => {
    renameSync(path.join(root, 'source/deep'), path.join(root, 'source/old'));
    mkdirSync(path.join(root, 'source/deep'));
  });
  expect(await changes(() => save('source/deep/one.ts'))).toEqual(['source/deep/one.ts']);
  expect(await changes(() => save('source/old/one.ts'))).toEqual(['source/old/one.ts']);
});

test('what cannot be looked at counts as a change', async () => {
  follow();
  expect(await changes(() => symlinkSync('loop', path.join(root, 'source/loop')))).toEqual([]);
  expect(
    await changes(() => symlinkSync(path.join(root, 'source/main.ts/x'), path.join(root, 'source/below'))),
  ).toEqual([]);
  const changed = await changes(() => {
    rmSync(path.join(root, 'source/deep'), { recursive: true });
    save('source/deep');
  });
  expect(changed).toEqual(['source/deep']);
  files.follow([path.join(root, 'source/deep/one.ts')]);
  expect(await changes(() => save('source/main.ts'))).toEqual(['source/main.ts']);
});

test('sources anywhere in the project count while it is searched for one', async () => {
  mkdirSync(path.join(root, 'other/deep'), { recursive: true });
  save('other/deep/before.ts');
  await setTimeout(20);
  const began = Date.now();
  await setTimeout(20);
  follow();
  const saves = () => {
    for (const name of ['new.ts', 'other/deep/one.ts', 'source/main.ts', 'o.json', 'other/o.json']) save(name);
    mkdirSync(path.join(root, 'dist'), { recursive: true });
    mkdirSync(path.join(root, 'another'), { recursive: true });
  };
  expect(await changes(saves)).toEqual(['source/main.ts']);
  // Also those that were saved since the search has a reason; others were read.
  expect(await changes(() => files.search(began))).toEqual(['new.ts', 'other/deep/one.ts']);
  rmSync(path.join(root, 'another'), { recursive: true });
  expect(await changes(saves)).toEqual(['new.ts', 'other/deep/one.ts', 'source/main.ts']);
  expect(await changes(() => save('another/two.ts'))).toEqual(['another/two.ts']);
  follow();
  expect(await changes(saves)).toEqual(['source/main.ts']);
});

test('what a failing app writes itself, again and again, counts twice at most', async () => {
  follow();
  mkdirSync(path.join(root, 'generated'));
  save('generated/same.ts');
  const written = readFileSync(path.join(root, 'generated/same.ts'));
  const failingSynth = async () => {
    files.pauseSearch();
    const began = Date.now();
    await setTimeout(20);
    return changes(() => {
      rmSync(path.join(root, 'generated'), { recursive: true });
      mkdirSync(path.join(root, 'generated'));
      writeFileSync(path.join(root, 'generated/same.ts'), written);
      save('generated/other.ts');
      files.search(began);
    });
  };
  expect(await failingSynth()).toEqual(['generated/other.ts', 'generated/same.ts']);
  // Maybe a person did.
  expect(await failingSynth()).toEqual(['generated/other.ts']);
  expect(await failingSynth()).toEqual([]);
  expect(await changes(() => save('generated/same.ts'))).toEqual(['generated/same.ts']);
});

test('what was saved while a synth ran is told by its end, also where a search watched before', async () => {
  mkdirSync(path.join(root, 'other'));
  save('other/one.ts');
  follow();
  files.search(Date.now() + 1000);
  files.pauseSearch();
  const began = Date.now();
  await setTimeout(20);
  expect(await changes(() => save('other/one.ts'))).toEqual([]);
  expect(await changes(() => files.search(began))).toEqual(['other/one.ts']);
  files.pauseSearch();
  const again = Date.now();
  await setTimeout(20);
  expect(await changes(() => save('other/one.ts'))).toEqual([]);
  expect(await changes(() => files.follow([path.join(root, 'other/one.ts')], again))).toEqual(['other/one.ts']);
});

// The limits are of the whole machine, so they cannot be met by a test.
describe('a machine that allows no more watches', () => {
  beforeEach(() => {
    jest.spyOn(fs, 'watch').mockImplementation(() => {
      throw Object.assign(new Error('System limit for number of file watchers reached'), { code: 'ENOSPC' });
    });
  });

  afterEach(() => jest.restoreAllMocks());

  test('what is followed says what to raise', () => {
    expect(follow).toThrow(WatchError);
    jest.mocked(fs.watch).mockImplementation(() => {
      throw Object.assign(new Error('too many open files'), { code: 'EMFILE' });
    });
    expect(() => files.follow([path.join(root, 'source/deep/one.ts'), path.join(root, 'x/y.ts')])).toThrow(
      /source cannot be watched \(EMFILE\).*raise fs\.inotify\.max_user_instances/,
    );
  });

  test('a folder that comes later is a fault, and the rest is watched', async () => {
    jest.restoreAllMocks();
    follow();
    jest.spyOn(fs, 'watch').mockImplementation(() => {
      throw Object.assign(new Error('System limit for number of file watchers reached'), { code: 'ENOSPC' });
    });
    expect(await changes(() => mkdirSync(path.join(root, 'source/new')))).toEqual(['source/new']);
    expect(faults).toEqual([
      `${path.join(root, 'source/new')} cannot be watched (ENOSPC), so changes in it are not seen. ` +
        'This machine allows no more watches: raise fs.inotify.max_user_watches (sysctl), or end what else watches files.',
    ]);
    expect(await changes(() => save('source/main.ts'))).toEqual(['source/main.ts']);
  });
});
