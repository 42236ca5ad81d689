/** Removes cached evaluations of unused projects. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sha256 } from '../../../src/source/cache-folder';
import { pruneProjects } from '../../../src/source/terraform/prune-projects';
import { TerraformProject } from '../../support/terraform-project';
import { describeWithTerraform } from '../../support/with-terraform';

const DAY_MS = 24 * 60 * 60 * 1000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'caches-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Makes the folder of a project with one entry. @returns its name */
function putProject(name: string, days: number): string {
  const project = path.join(folder, name);
  mkdirSync(project, { recursive: true });
  const entry = path.join(project, 'entry');
  writeFileSync(entry, '');
  const time = new Date(Date.now() - days * DAY_MS);
  for (const file of [entry, project]) utimesSync(file, time, time);
  return name;
}

test('keeps the projects of the last 30 days, and everything that is no project', async () => {
  const kept = [putProject(sha256('a'), 29), putProject('other', 100), putProject(sha256('b'), 1)];
  putProject(sha256('old'), 31);
  await pruneProjects(folder);
  expect(readdirSync(folder).sort()).toEqual(kept.sort());
});

test('counts the last use of an entry, not the time of its folder', async () => {
  const name = putProject(sha256('a'), 60);
  const time = new Date();
  utimesSync(path.join(folder, name, 'entry'), time, time);
  await pruneProjects(folder);
  expect(readdirSync(folder)).toEqual([name]);
});

test('keeps the 50 projects of the latest runs', async () => {
  const names = Array.from({ length: 60 }, (_, index) => putProject(sha256(`${index}`), index / 10));
  await pruneProjects(folder);
  expect(readdirSync(folder).sort()).toEqual(names.slice(0, 50).sort());
});

test('accepts a missing folder', async () => {
  await expect(pruneProjects(path.join(folder, 'missing'))).resolves.toBeUndefined();
});

describeWithTerraform('an evaluation', () => {
  const configured = process.env['XDG_CACHE_HOME'];

  afterEach(() => {
    if (configured === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = configured;
  });

  test('removes the cached evaluations of unused projects', async () => {
    process.env['XDG_CACHE_HOME'] = folder;
    putProject(`local-run/terraform/${sha256('old')}`, 31);
    const project = new TerraformProject();
    project.put('main.tf', 'output "a" { value = 1 }');
    await project.load({ cacheFolder: undefined });
    const caches = path.join(folder, 'local-run/terraform');
    for (let tries = 0; tries < 200 && readdirSync(caches).length > 1; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    await project.remove();
    expect(readdirSync(caches)).toEqual([sha256(project.root)]);
  });
});
