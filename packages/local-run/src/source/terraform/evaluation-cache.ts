/**
 * Caches evaluations of Terraform configurations. The key covers the files of the project, Terraform, the variables, the
 * environment, and the code of the local run. An entry also names the files that only the evaluation made known.
 */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CacheFolder, sha256, stableVariables } from '../cache-folder';
import type { ProjectSnapshot } from '../project-files';
import type { EvaluatedConfiguration } from './evaluated-resource';
import type { TerraformSettings } from './settings';

/** Variables that only the local run and the terminal use. */
const IGNORED_VARIABLES = /^(TERM|COLORTERM|LS_COLORS|FORCE_COLOR|NO_COLOR|NODE_.*|TZ)$/;

export interface CacheEntry {
  readonly configuration: Omit<EvaluatedConfiguration, 'files'>;
  /** The written files in base64, by the path that the configuration names. */
  readonly files: Readonly<Record<string, string>>;
  readonly output: string;
  /** Files that belong to the project because evaluated attributes name them. */
  readonly inputs: readonly string[];
  /** The hash of the project with the inputs. */
  readonly hash: string;
}

export interface CacheKey {
  /** Folder of the root module. */
  readonly root: string;
  /** Identifies the program of Terraform. */
  readonly stamp: string;
  readonly settings: TerraformSettings;
  readonly workspace: string;
  readonly environment: NodeJS.ProcessEnv;
}

export class EvaluationCache extends CacheFolder<CacheEntry> {
  keyOf({ environment, ...key }: CacheKey, snapshots: readonly ProjectSnapshot[]): string {
    const variables = stableVariables(environment).filter(([name]) => !IGNORED_VARIABLES.test(name));
    const hashes = snapshots.map(({ hash }) => hash);
    return sha256(JSON.stringify([codeStamp(), key, hashes, variables]));
  }
}

/** Reads the written files for an entry. */
export function encodeFiles(files: EvaluatedConfiguration['files']): CacheEntry['files'] {
  return Object.fromEntries([...files].map(([name, file]) => [name, readFileSync(file, 'base64')]));
}

/** Writes the files of an entry into a folder. @returns the written files by the path that the configuration names */
export function decodeFiles(files: CacheEntry['files'], folder: string): EvaluatedConfiguration['files'] {
  return new Map(
    Object.entries(files).map(([name, content]) => {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, Buffer.from(content, 'base64'));
      return [name, file];
    }),
  );
}

/** Identifies the code of the local run: other stand-in providers may evaluate otherwise. */
function codeStamp(): string {
  const { size, mtimeMs } = statSync(__filename);
  return `${size} ${mtimeMs}`;
}
