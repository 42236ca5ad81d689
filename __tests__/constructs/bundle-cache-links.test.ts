/** Bundles of sources that lie behind a link: one that leads elsewhere gives another bundle, though no file has changed. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { bundle } from '../../constructs/bundle';

const HANDLER = 'export const handler = () => word;';
const wordOf = (version: string) => `export const word = 'of ${version}';`;

interface Scene {
  readonly name: string;
  /** Paths and texts, with VERSION in place of the version's name. */
  readonly files: Readonly<Record<string, string>>;
  /** The link, and where it leads. */
  readonly link: readonly [from: string, to: string];
  /** @default index.ts */
  readonly entry?: string;
}

const SCENES: readonly Scene[] = [
  {
    name: 'a folder',
    files: { 'index.ts': `import { word } from './current/word';\n${HANDLER}`, 'VERSION/word.ts': wordOf('VERSION') },
    link: ['current', 'VERSION'],
  },
  {
    name: 'a folder whose name begins as that of its link',
    files: { 'index.ts': `import { word } from './lib';\n${HANDLER}`, 'lib-VERSION/index.ts': wordOf('VERSION') },
    link: ['lib', 'lib-VERSION'],
  },
  {
    name: 'a file whose name begins as that of its link',
    files: { 'index.ts': `import { word } from './item';\n${HANDLER}`, 'item-VERSION.ts': wordOf('VERSION') },
    link: ['item.ts', 'item-VERSION.ts'],
  },
  {
    name: 'the folder of the entry',
    files: { 'VERSION/index.ts': `${wordOf('VERSION')}\n${HANDLER}` },
    link: ['current', 'VERSION'],
    entry: 'current/index.ts',
  },
];

let folder: string;

const folderOf = ({ name }: Scene) => path.join(folder, name);

function lead(scene: Scene, version: string): void {
  const [from, to] = scene.link;
  const link = path.join(folderOf(scene), from);
  rmSync(link, { force: true });
  symlinkSync(to.replace('VERSION', version), link);
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'links-'));
  process.env['SERVERLESS_CRUD_CACHE'] = path.join(folder, 'kept');
  for (const scene of SCENES) {
    for (const [name, text] of Object.entries(scene.files)) {
      for (const version of ['v1', 'v2']) {
        const file = path.join(folderOf(scene), name.replaceAll('VERSION', version));
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, text.replaceAll('VERSION', version));
      }
    }
    lead(scene, 'v1');
  }
  // Only files that are old enough are sure to be those that were built.
  await setTimeout(2100);
});

afterAll(() => {
  delete process.env['SERVERLESS_CRUD_CACHE'];
  rmSync(folder, { recursive: true });
});

describe.each(['', '1'])('BUNDLE_INCREMENTAL=%s', (mode) => {
  beforeEach(() => (process.env['BUNDLE_INCREMENTAL'] = mode));
  afterEach(() => delete process.env['BUNDLE_INCREMENTAL']);

  test.each(SCENES)('$name', async (scene) => {
    for (const version of ['', 'v2', 'v1']) {
      if (version !== '') lead(scene, version);
      // In a turn of its own, as a run is.
      await Promise.resolve();
      const { code } = bundle(path.join(folderOf(scene), scene.entry ?? 'index.ts'), { sdk: 'stock' });
      expect(Buffer.from(code).toString()).toContain(`of ${version || 'v1'}`);
    }
  });
});
