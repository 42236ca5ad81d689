import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Mirror } from '../../../src/source/terraform/mirror';

let folder: string;
let user: string;
let mirror: Mirror;
let before: string[];

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'mirror-')));
  user = path.join(folder, 'user');
  put('infra/dev/main.tf', 'main');
  put('infra/dev/terraform.tfstate', 'state');
  put('infra/dev/terraform.tfstate.backup', 'state');
  put('infra/dev/.terraform.lock.hcl', 'lock');
  put('infra/dev/.terraform/modules/api/main.tf', 'installed');
  put('infra/dev/.terraform/modules/api/sub/main.tf', 'installed');
  put('infra/dev/build/old.txt', 'old');
  put('infra/dev/build/app.zip', 'user zip');
  put('infra/modules/table/main.tf', 'table');
  put('src/index.js', 'source');
  symlinkSync('../../src', path.join(user, 'infra/dev/linked'));
  before = listing();
  const options = { tree: path.join(folder, 'tree'), root: path.join(user, 'infra/dev'), top: user };
  mkdirSync(options.tree);
  mirror = new Mirror(options);
});

afterEach(() => {
  expect(listing()).toEqual(before);
  expect(readFileSync(path.join(user, 'infra/dev/build/app.zip'), 'utf8')).toBe('user zip');
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string, text: string): void {
  const file = path.join(user, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function listing(): string[] {
  return readdirSync(user, { recursive: true, encoding: 'utf8' }).sort();
}

/** Reads a file by a path relative to the root module's folder in the mirror. */
function read(name: string): string {
  return readFileSync(`${mirror.root}/${name}`, 'utf8');
}

test('serves relative paths below and above the root module', () => {
  expect(read('main.tf')).toBe('main');
  expect(read('build/old.txt')).toBe('old');
  expect(read('../../src/index.js')).toBe('source');
  expect(read('../modules/table/../../../src/index.js')).toBe('source');
  expect(read('linked/index.js')).toBe('source');
});

test('leaves out the state, the lock file and the data folder of Terraform', () => {
  expect(readdirSync(mirror.root).sort()).toEqual(['build', 'linked', 'main.tf']);
});

test('adds installed modules one by one', () => {
  mirror.makeReal(path.join(user, 'infra/dev/.terraform/modules/api'));
  expect(readdirSync(path.join(mirror.root, '.terraform/modules'))).toEqual(['api']);
  expect(read('.terraform/modules/api/sub/main.tf')).toBe('installed');
});

test('writes into folders of the user, and over files of the user, only within the mirror', () => {
  for (const name of ['build/app.zip', 'new/deep/file', 'linked/index.js']) {
    writeFileSync(mirror.pathToWrite(path.join(mirror.root, name)), 'written');
    expect(read(name)).toBe('written');
  }
  expect(read('build/old.txt')).toBe('old');
  writeFileSync(mirror.pathToWrite(path.join(mirror.root, '../../src/index.js')), 'again');
  expect(read('../../src/index.js')).toBe('again');
});

test('accepts paths of the user tree and paths outside of it, and lists written files by these paths', () => {
  const inside = path.join(user, 'infra/dev/build/app.zip');
  const outside = '/var/nowhere/app.zip';
  for (const file of [inside, outside]) writeFileSync(mirror.pathToWrite(file), file);
  writeFileSync(mirror.pathToWrite(path.join(mirror.root, '../out.zip')), 'out');
  mirror.addFile(path.join(user, 'infra/dev/override.tf.json'), '{}');
  mirror.addFile(path.join(user, 'infra/dev/.terraform/modules/modules.json'), '{}');
  const written = mirror.writtenFiles();
  expect([...written.keys()].sort()).toEqual([outside, inside, path.join(user, 'infra/out.zip')].sort());
  expect(readFileSync(written.get(outside) ?? '', 'utf8')).toBe(outside);
  expect(existsSync(outside)).toBe(false);
});

test('lists archives in the data folder of Terraform, without the files of Terraform', () => {
  const archive = path.join(user, 'infra/dev/.terraform/app.zip');
  const own = ['environment', 'terraform.tfstate', 'modules/modules.json', 'providers/aws'];
  for (const name of own) writeFileSync(mirror.pathToWrite(path.join(user, 'infra/dev/.terraform', name)), name);
  writeFileSync(mirror.pathToWrite(archive), 'zip');
  expect([...mirror.writtenFiles().keys()]).toEqual([archive]);
});

test('makes only the folders real in which files are written', () => {
  mirror.addFile(path.join(user, 'infra/modules/table/override.tf.json'), '{}');
  const isLink = (name: string) => lstatSync(path.join(mirror.root, name)).isSymbolicLink();
  expect([isLink('../../src'), isLink('build'), isLink('../modules'), isLink('../modules/table')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('replaces its paths in texts', () => {
  expect(mirror.withOriginalPaths(`open ${mirror.root}/x.zip: missing`)).toBe(`open ${user}/infra/dev/x.zip: missing`);
});
