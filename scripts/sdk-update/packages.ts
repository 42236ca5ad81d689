/** The packages whose files packages/lean-dynamodb replaces: their versions, and their ranges in every package.json. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { replacements } from 'lean-dynamodb';
import { ROOT } from '../project';
import { output } from './commands';

/** The packages to update. Packages of `@aws-sdk` have the same version; each package of `@smithy` has its own version. */
export const SDK_PACKAGES: readonly string[] = [...new Set(replacements.map((replacement) => replacement.package))];

/** A version in npm's registry. */
export interface Release {
  readonly name: string;
  readonly version: string;
  /** The versions of Node.js that the release supports, for example `>=20.0.0`. */
  readonly node: string;
}

interface Manifest {
  readonly version: string;
  readonly engines?: { readonly node?: string };
}

/** The installed versions by package. */
export function installedVersions(root = ROOT): ReadonlyMap<string, string> {
  return new Map(
    SDK_PACKAGES.map((name) => {
      const file = path.join(root, 'node_modules', name, 'package.json');
      if (!existsSync(file)) throw new Error(`${name} is not installed. Run npm ci --ignore-scripts first.`);
      return [name, (JSON.parse(readFileSync(file, 'utf8')) as Manifest).version];
    }),
  );
}

/**
 * Asks npm for the releases to install.
 * @param version the version of the packages of `@aws-sdk` @default the newest. Packages of `@smithy` always get the newest version
 * @throws Error when the registry does not have the version
 */
export function findReleases(version: string | undefined): readonly Release[] {
  return SDK_PACKAGES.map((name) => {
    const wanted = version !== undefined && isVersioned(name) ? version : 'latest';
    const text = output('npm', ['view', `${name}@${wanted}`, 'version', 'engines', '--json']);
    if (text.trim() === '') throw new Error(`npm's registry does not have ${name}@${wanted}. Pass another version.`);
    const { version: found, engines } = JSON.parse(text) as Manifest;
    return { name, version: found, node: engines?.node ?? '' };
  });
}

/** @throws Error for a release that does not support this Node.js */
export function refuseOtherNode(releases: readonly Release[], current = process.versions.node): void {
  for (const { name, version, node } of releases) {
    const minimum = /^>=\s*(\d+(?:\.\d+)*)/.exec(node)?.[1];
    if (minimum === undefined || current.localeCompare(minimum, 'en', { numeric: true }) >= 0) continue;
    throw new Error(
      `${name} ${version} needs Node.js ${node}, but this is Node.js ${current}. Pass an older version of the AWS SDK. Or ` +
        'install a newer Node.js, and set its version in `engines` of package.json, .ci/run and .github/workflows/ci.yml, and in the ' +
        'setting `runtime`.',
    );
  }
}

/**
 * Sets the ranges in the package.json of the project and of its packages.
 * @param exact whether to pin the packages of `@aws-sdk`. Otherwise, npm installs the newest version in the range
 * @returns the changed files
 */
export function setRanges(releases: readonly Release[], exact: boolean, root = ROOT): string[] {
  const files = [
    'package.json',
    ...readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}/package.json`),
  ];
  return files.filter((file) => {
    const before = readFileSync(path.join(root, file), 'utf8');
    const after = releases.reduce((text, { name, version }) => {
      const range = exact && isVersioned(name) ? version : `^${version}`;
      return text.replaceAll(new RegExp(`("${name}": ")[^"]*"`, 'g'), `$1${range}"`);
    }, before);
    if (after === before) return false;
    writeFileSync(path.join(root, file), after);
    return true;
  });
}

/** Whether the version of a package is the version of the AWS SDK. */
function isVersioned(name: string): boolean {
  return name.startsWith('@aws-sdk/');
}
