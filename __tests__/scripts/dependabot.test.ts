/** .github/dependabot.yml names dependencies and folders that exist, and fits `npm run sdk:update`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { matchesWildcard } from 'plan-review';
import { parse } from 'yaml';
import { FIXED } from '../../scripts/newest/packages';
import { SDK_PACKAGES } from '../../scripts/sdk-update/packages';
import { ROOT } from '../support/local-run';

interface Update {
  readonly 'package-ecosystem': string;
  readonly directory?: string;
  readonly directories?: readonly string[];
  readonly ignore?: readonly { readonly 'dependency-name': string; readonly 'update-types'?: readonly string[] }[];
  readonly groups?: Readonly<Record<string, { readonly patterns?: readonly string[] }>>;
}

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const { updates } = parse(read('.github/dependabot.yml')) as { readonly updates: readonly Update[] };
const npm = updates.find((update) => update['package-ecosystem'] === 'npm');

/** The direct dependencies of the project and its packages. */
const dependencies = [
  'package.json',
  ...readdirSync(path.join(ROOT, 'packages')).map((name) => `packages/${name}/package.json`),
].flatMap((file) => {
  const manifest = JSON.parse(read(file)) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  return Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
});

test('every pattern and every ignored name is a dependency', () => {
  const names = [
    ...Object.values(npm?.groups ?? {}).flatMap(({ patterns = [] }) => patterns),
    ...(npm?.ignore ?? []).map((ignored) => ignored['dependency-name']),
  ];
  expect(names.length).toBeGreaterThan(3);
  expect(names.filter((name) => !dependencies.some((dependency) => matchesWildcard(name, dependency)))).toEqual([]);
});

test('the packages of npm run sdk:update are in the first group, so one proposal updates all of them', () => {
  const [[name, { patterns = [] }] = ['', {}]] = Object.entries(npm?.groups ?? {});
  expect(name).toBe('aws-sdk');
  const missing = SDK_PACKAGES.filter((sdk) => !patterns.some((pattern) => matchesWildcard(pattern, sdk)));
  expect(missing).toEqual([]);
});

test('ignores the packages of CDKTF and the provider, which npm run newest keeps too', () => {
  const pinned = (npm?.ignore ?? []).filter((ignored) => ignored['update-types'] === undefined);
  const names = pinned.map((ignored) => ignored['dependency-name']);
  const kept = dependencies.filter((name) => /^(cdktf(-cli)?|@cdkt[fn]\/provider-aws)$/.test(name));
  expect(names.sort()).toEqual(kept.sort());
  expect(Object.keys(FIXED)).toEqual(expect.arrayContaining(names));
  expect(Object.keys(FIXED).filter((name) => !dependencies.includes(name))).toEqual([]);
});

test('every folder exists', () => {
  const folders = updates.flatMap(({ directory, directories = [] }) => [
    ...(directory ? [directory] : []),
    ...directories,
  ]);
  expect(folders.filter((folder) => !existsSync(path.join(ROOT, folder.replace('/*', ''))))).toEqual([]);
});
