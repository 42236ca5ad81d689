/** Loosens the ranges of the packages, and compares installed versions. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Packages whose ranges do not change, with the reasons. */
export const FIXED: Readonly<Record<string, string>> = {
  cdktf: 'archived; the last version is pinned',
  'cdktf-cli': 'must have the version of cdktf',
  '@cdktf/provider-aws': 'decides which AWS provider deploys',
  constructs: 'cdktf needs version 10',
  '@types/node': 'has the version of the Lambda runtime',
};

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The package.json of a project and of its workspaces, relative to the project. */
function manifests(root: string): string[] {
  return ['package.json', ...readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}/package.json`)];
}

/** Allows every version of every package that is not in FIXED, so that npm installs the newest. */
export function allowLatest(root: string): void {
  for (const file of manifests(root)) {
    const manifest = JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Manifest;
    const loosen = (ranges: Readonly<Record<string, string>> = {}) =>
      Object.fromEntries(
        Object.entries(ranges).map(([name, range]) => [name, Object.hasOwn(FIXED, name) ? range : '*']),
      );
    const { dependencies, devDependencies } = manifest;
    const changed = { ...manifest, dependencies: loosen(dependencies), devDependencies: loosen(devDependencies) };
    writeFileSync(path.join(root, file), `${JSON.stringify(changed, null, 2)}\n`);
  }
}

/** @returns lines such as `esbuild 0.28.2 -> 0.29.0`, for the direct dependencies of the project and its packages */
export function changedVersions(before: string, after: string): string[] {
  const [old, current] = [lockedVersions(before), lockedVersions(after)];
  return [...current].flatMap(([name, version]) =>
    old.get(name) === version ? [] : [`${name} ${old.get(name) ?? '(new)'} -> ${version}`],
  );
}

/** @param root a project with package-lock.json */
function lockedVersions(root: string): Map<string, string> {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly version?: string }>>;
  };
  const names = manifests(root).flatMap((file) => {
    const manifest = JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Manifest;
    return Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  });
  const versions = [...new Set(names)]
    .sort()
    .map((name) => [name, lock.packages[`node_modules/${name}`]?.version] as const);
  return new Map(versions.flatMap(([name, version]) => (version === undefined ? [] : [[name, version]])));
}
