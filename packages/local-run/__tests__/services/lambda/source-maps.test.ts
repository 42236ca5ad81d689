/** Source maps beside archives: positions in the log of a function name the lines of its TypeScript. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildSync, type Format } from 'esbuild';
import { zipSync } from 'fflate';
import { ServedFunction } from '../../../src/services/lambda/served-function';
import { TaskRoots } from '../../../src/services/lambda/task-roots';
import { DEPLOYMENT } from '../../support/function-pools';

/** The error is on line 4, the console call on line 8. */
const SOURCE = `interface Event { readonly id: string }

function fail(id: string): never {
  throw new TypeError('no ' + id);
}

export const handler = async (event: Event) => {
  console.warn(new Error('careful').stack);
  fail(event.id);
};
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'source-maps-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Builds the archive and the map beside it. @param file name of the handler in the archive */
function build(file: string, format: Format): string {
  const entry = path.join(folder, 'src/handler.ts');
  mkdirSync(path.dirname(entry), { recursive: true });
  writeFileSync(entry, SOURCE);
  const { outputFiles } = buildSync({
    ...{ entryPoints: [entry], bundle: true, minify: true, platform: 'node', format, write: false },
    ...{ sourcemap: 'external', outfile: path.join(folder, 'out', file) },
  });
  const [map, code] = outputFiles;
  const archive = path.join(folder, 'function.zip');
  writeFileSync(archive, zipSync({ [file]: code?.contents ?? new Uint8Array() }));
  const content = JSON.parse(Buffer.from(map?.contents ?? []).toString()) as object;
  writeFileSync(`${archive}.map`, JSON.stringify({ ...content, sources: [`file://${entry}`] }));
  return archive;
}

async function logOf(archive: string, logFormat: string): Promise<string> {
  const deployment = { ...DEPLOYMENT, archive, archiveHash: logFormat, logFormat };
  const taskRoot = new TaskRoots(path.join(folder, 'functions')).folderFor(deployment);
  const lines: string[] = [];
  const served = new ServedFunction(deployment, {
    taskRoot,
    dynamodbEndpoint: 'http://127.0.0.1:1',
    onLog: (line) => lines.push(line),
  });
  await served.invoke({ id: 'a' }, 'Root=1').finished.catch(() => undefined);
  await served.stop();
  return lines.join('\n');
}

test.each([
  ['index.js', 'cjs', 'Text'],
  ['index.js', 'cjs', 'JSON'],
  ['index.mjs', 'esm', 'Text'],
] as const)('the log of %s (%s, log format %s) names lines of the TypeScript', async (file, format, logFormat) => {
  const log = await logOf(build(file, format), logFormat);
  const source = path.join(folder, 'src/handler.ts');
  expect(log).toContain(`${source}:4:9`);
  expect(log).toContain(`${source}:8:`);
  expect(log).not.toMatch(/index\.m?js:\d/);
});

test.each([
  ['inline', '../src/handler.ts:4:9'],
  ['linked', '../src/handler.ts:4:9'],
  ['external', '../src/handler.ts:4:9'],
] as const)('an archive with its own source map (%s) names lines of the TypeScript', async (sourcemap, position) => {
  const outfile = path.join(folder, 'out/index.js');
  build('index.js', 'cjs');
  const { outputFiles } = buildSync({
    ...{
      entryPoints: [path.join(folder, 'src/handler.ts')],
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
    },
    ...{ write: false, sourcemap, outfile },
  });
  const files = outputFiles.map(({ path: file, contents }) => [path.basename(file), contents] as const);
  const archive = path.join(folder, 'complete.zip');
  writeFileSync(archive, zipSync(Object.fromEntries(files)));
  expect(await logOf(archive, 'Text')).toContain(`(${position})`);
});

test('the unpacked handler names its map for debuggers; without a map it stays as it is', () => {
  const archive = build('index.js', 'cjs');
  const roots = new TaskRoots(path.join(folder, 'functions'));
  const withMap = roots.folderFor({ ...DEPLOYMENT, archive, archiveHash: 'a' });
  expect(readFileSync(path.join(withMap, 'index.js'), 'utf8')).toMatch(/\n\/\/# sourceMappingURL=index\.js\.map\n$/);
  rmSync(`${archive}.map`);
  const without = roots.folderFor({ ...DEPLOYMENT, archive, archiveHash: 'b' });
  expect(readFileSync(path.join(without, 'index.js'), 'utf8')).not.toContain('sourceMappingURL');
});

test.each(['{', '{}', '[]'])('a damaged map (%s) leaves the positions of the compiled file', async (content) => {
  const archive = build('index.js', 'cjs');
  writeFileSync(`${archive}.map`, content);
  expect(await logOf(archive, 'Text')).toMatch(/index\.js:\d+:\d+/);
});
