/** The options of a run that Terraform gets: variables, the workspace, provisioners. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface TerraformSettings {
  /** Values of variables: `name=value`. */
  readonly variables: readonly string[];
  /** Absolute paths of files with values of variables. */
  readonly variableFiles: readonly string[];
  /** @default the workspace that the user selected */
  readonly workspace?: string | undefined;
  /** Whether to run the provisioners of resources, which are commands of the project. */
  readonly provisioners: boolean;
}

/** The workspace as Terraform selects it: by TF_WORKSPACE, otherwise by `terraform workspace select`. */
export function workspaceOf({ workspace }: TerraformSettings, environment: NodeJS.ProcessEnv, root: string): string {
  if (workspace !== undefined) return workspace;
  const { TF_WORKSPACE: selected, TF_DATA_DIR: dataFolder = '.terraform' } = environment;
  const candidates = [selected, readSelected(path.resolve(root, dataFolder, 'environment'))];
  // An empty variable counts as missing.
  return candidates.find((name) => name !== undefined && name !== '') ?? 'default';
}

/** The arguments `-var` and `-var-file`. */
export function variableArguments({ variables, variableFiles }: TerraformSettings): string[] {
  return [...variableFiles.map((file) => `-var-file=${file}`), ...variables.flatMap((value) => ['-var', value])];
}

function readSelected(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
