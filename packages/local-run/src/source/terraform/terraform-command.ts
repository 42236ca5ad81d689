/** Finds the program `terraform` or `tofu`, and prepares its environment variables. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { SynthError } from '../synth-error';

const MIN_VERSION = [1, 5] as const;

/** Variables of Terraform that would change what the run does. The run sets some of them itself. */
const REMOVED_VARIABLES = /^(TF_CLI_ARGS(_.*)?|TF_DATA_DIR|TF_REATTACH_PROVIDERS|TF_WORKSPACE|TF_INPUT)$/;

export interface TerraformCommand {
  /** The absolute path of the program. */
  readonly program: string;
  /** Identifies this build of the program. */
  readonly stamp: string;
  /** Whether the program is OpenTofu: its name begins with `tofu`. */
  readonly isOpenTofu: boolean;
}

/**
 * Finds the program that TERRAFORM_BINARY_NAME names; otherwise `terraform`, or `tofu`.
 * @param folder the folder of Terraform files, for the error message
 * @throws SynthError when there is no such program
 */
export function findTerraform(environment: NodeJS.ProcessEnv, folder: string): TerraformCommand {
  const found = locateTerraform(environment);
  if (found) return found;
  const { TERRAFORM_BINARY_NAME: configured } = environment;
  const wanted = configured ? `${configured} (TERRAFORM_BINARY_NAME)` : 'terraform or tofu';
  const fault = configured?.includes('/') ? 'is not an executable file' : 'is not on the PATH';
  throw new SynthError(
    `${folder} has Terraform files, but ${wanted} ${fault}. The local run evaluates them with Terraform ` +
      `${MIN_VERSION.join('.')} or later, or OpenTofu. Install one of them: https://developer.hashicorp.com/terraform/install ` +
      'or https://opentofu.org/docs/intro/install/.',
  );
}

/** @returns undefined when there is no such program */
export function locateTerraform(environment: NodeJS.ProcessEnv): TerraformCommand | undefined {
  const { PATH = '', TERRAFORM_BINARY_NAME: configured } = environment;
  const names = configured ? [configured] : ['terraform', 'tofu'];
  for (const name of names) {
    const candidates = name.includes('/')
      ? [path.resolve(name)]
      : PATH.split(path.delimiter).map((part) => path.join(part, name));
    const program = candidates.find(isExecutable);
    if (program === undefined) continue;
    return { program, stamp: stampOf(program), isOpenTofu: path.basename(program).startsWith('tofu') };
  }
  return undefined;
}

/** @returns a text that says what to do when the program is too old; otherwise undefined */
export function tooOld({ program }: TerraformCommand): string | undefined {
  const version = versionOf(program);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (version === '' || major > MIN_VERSION[0] || (major === MIN_VERSION[0] && minor >= MIN_VERSION[1]))
    return undefined;
  return `${program} has the version ${version}. The local run needs Terraform ${MIN_VERSION.join('.')} or later, or OpenTofu: update it.`;
}

function versionOf(program: string): string {
  try {
    const output = execFileSync(program, ['version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return /v(\d+\.\d+\.\d+)/.exec(output)?.[1] ?? '';
  } catch {
    return '';
  }
}

/** @param workspace the selected workspace */
export function terraformEnvironment(
  environment: NodeJS.ProcessEnv,
  { workspace, reattach }: { readonly workspace: string; readonly reattach: string },
): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !REMOVED_VARIABLES.test(name));
  return {
    ...Object.fromEntries(kept),
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_WORKSPACE: workspace,
    TF_REATTACH_PROVIDERS: reattach,
  };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function stampOf(program: string): string {
  const file = realpathSync(program);
  const { size, mtimeMs } = statSync(file);
  return `${file} ${size} ${mtimeMs}`;
}
