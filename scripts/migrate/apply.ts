/** Applies a migration to the files of the project. */
import { isUtf8 } from 'node:buffer';
import { lstatSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../project';
import type { Edit, Migration } from './migration';

/** Files that must keep the names of CDKTF: the migrations, their tests, and the change log. Also the lock file. */
const UNCHANGED = /^(scripts\/migrate|__tests__\/(scripts\/)?migrate|CHANGELOG|package-lock\.json$)/;

interface PackageFile {
  readonly engines?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Counts the changed files by subject. */
export type Changes = ReadonlyMap<string, number>;

/**
 * Replaces the packages in package.json.
 * @returns the replacements: `cdktf 0.21.0 -> cdktn 0.24.0`
 * @throws Error when the project is migrated already, or has a package of CDKTF without a replacement
 */
export function replacePackages({ packages, node }: Migration): string[] {
  const file = path.join(ROOT, 'package.json');
  const before = JSON.parse(readFileSync(file, 'utf8')) as PackageFile;
  const all = { ...before.dependencies, ...before.devDependencies };
  const replaced = Object.entries(packages).filter(
    ([from, to]) => all[from] !== undefined && (from !== to.name || all[from] !== to.version),
  );
  if (!replaced.some(([from]) => from !== 'constructs')) {
    const present = Object.values(packages).filter(({ name }) => all[name] !== undefined);
    const list = present.map(({ name }) => `${name} ${all[name]}`).join(', ');
    throw new Error(
      list === ''
        ? `package.json does not have ${Object.keys(packages).join(', ')}, which this migration replaces. Nothing was changed. A ` +
            'project with CDK Terrain already has AWS provider 6.'
        : `package.json already has the packages of this migration: ${list}. Nothing was changed.`,
    );
  }
  refuseOtherPackages(Object.keys(all), packages);
  const rename = (dependencies: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(
      Object.entries(dependencies)
        .map(([name, version]) => [packages[name]?.name ?? name, packages[name]?.version ?? version] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  const after = {
    ...before,
    engines: { ...before.engines, node: newer(before.engines?.['node'], node) },
    dependencies: rename(before.dependencies),
    devDependencies: rename(before.devDependencies),
  };
  writeFileSync(file, `${JSON.stringify(after, null, 2)}\n`);
  return replaced.map(([from, to]) => `${from} ${all[from]} -> ${to.name} ${to.version}`);
}

/** Refuses packages that depend on cdktf, such as other providers, because the migration removes cdktf. */
function refuseOtherPackages(names: readonly string[], packages: Migration['packages']): void {
  if (packages['cdktf'] === undefined) return;
  const others = names.filter((name) => /^(@cdktf\/|cdktf)/.test(name) && packages[name] === undefined);
  if (others.length === 0) return;
  throw new Error(
    `package.json also has ${others.join(', ')}, for which this migration has no successor. Add the successor and its version to ` +
      'scripts/migrate/migrations.ts, commit this change, and repeat.',
  );
}

/** Returns the newer of a range such as `>=20.19` and a version, as a range. */
function newer(range: string | undefined, version: string): string {
  const current = range?.replace(/^>=/, '') ?? '';
  const isNewer = version.localeCompare(current, 'en', { numeric: true }) > 0;
  return range === undefined || isNewer ? `>=${version.replace(/\.0$/, '')}` : range;
}

/** Adds the migration's context to every cdktf.json, and applies its edits. @param files relative to the project */
export function editFiles({ context, edits }: Migration, files: readonly string[]): Changes {
  const changes = new Map<string, number>();
  for (const name of files.filter((file) => !UNCHANGED.test(file))) {
    const file = path.join(ROOT, name);
    // Git also tracks links and submodules, and a sparse checkout leaves out files.
    if (!lstatSync(file, { throwIfNoEntry: false })?.isFile()) continue;
    const bytes = readFileSync(file);
    // An image or an archive: written as text, its bytes would change.
    if (!isUtf8(bytes)) continue;
    const before = bytes.toString();
    let after = before;
    const subjects = new Set<string>();
    const change = (subject: string, text: string) => {
      if (text !== after) subjects.add(subject);
      after = text;
    };
    if (path.basename(name) === 'cdktf.json') change('cdktf.json', withContext(before, context));
    for (const edit of edits) change(edit.subject, applyEdit(edit, name, after));
    if (after !== before) writeFileSync(file, after);
    for (const subject of subjects) changes.set(subject, (changes.get(subject) ?? 0) + 1);
  }
  return changes;
}

function applyEdit({ files, from, to }: Edit, name: string, text: string): string {
  return files.test(name) ? text.replace(from, to) : text;
}

function withContext(json: string, added: Migration['context']): string {
  if (Object.keys(added).length === 0) return json;
  const content = JSON.parse(json) as { readonly context?: object };
  return `${JSON.stringify({ ...content, context: { ...content.context, ...added } }, null, 2)}\n`;
}
