/** Chooses the source of a folder by its files. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TerraformOptions } from '../start-options';
import { CdktfSource } from './cdktf-source';
import type { Source } from './source';
import { SynthError } from './synth-error';
import { Synthesizer } from './synthesizer';
import { configurationFiles } from './terraform/module-folder';
import { TerraformSource } from './terraform/terraform-source';

export interface SourceOptions {
  readonly folder: string;
  /** A folder for the files of the source. */
  readonly workFolder: string;
  /** Variables for the app or for Terraform, in addition to the variables of this process. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** Files and folders that the local run writes. */
  readonly written: readonly string[];
  readonly cache?: boolean | undefined;
  readonly terraform?: TerraformOptions | undefined;
}

/** @returns undefined when the folder is missing, or has neither a cdktf.json nor Terraform files */
export function sourceKindOf(folder: string): Source['kind'] | undefined {
  if (existsSync(path.join(folder, 'cdktf.json'))) return 'cdktf';
  return configurationFiles(folder, true).length > 0 ? 'terraform' : undefined;
}

/** @throws SynthError when the folder has no source, or an option does not fit the source */
export function createSource({ terraform = {}, ...options }: SourceOptions): Source {
  const folder = path.resolve(options.folder);
  const kind = sourceKindOf(folder);
  if (kind === 'cdktf') {
    refuseTerraformOptions(terraform, folder);
    return new CdktfSource(new Synthesizer({ ...options, folder }));
  }
  if (kind === undefined) {
    const fault = existsSync(folder)
      ? 'has neither a cdktf.json nor files *.tf, *.tf.json or *.tofu'
      : 'does not exist';
    throw new SynthError(
      `There is no project to run: ${folder} ${fault}. Pass the folder of a CDKTF app or of a Terraform configuration: local-run DIR.`,
    );
  }
  const { variables = [], variableFiles = [], workspace, provisioners = false } = terraform;
  const files = variableFiles.map((file) => path.resolve(file));
  return new TerraformSource({
    ...options,
    folder,
    settings: { variables, variableFiles: files, workspace, provisioners },
  });
}

function refuseTerraformOptions(options: TerraformOptions, folder: string): void {
  const { variables = [], variableFiles = [], workspace, provisioners } = options;
  const used = [
    ...(variables.length > 0 ? ['--var'] : []),
    ...(variableFiles.length > 0 ? ['--var-file'] : []),
    ...(workspace === undefined ? [] : ['--workspace']),
    ...(provisioners ? ['--provisioners'] : []),
  ];
  if (used.length === 0) return;
  throw new SynthError(
    `${used.join(', ')}: ${folder} has a cdktf.json, and these options are for folders of Terraform files. ` +
      'Remove them. Set environment variables, or "context" in cdktf.json, for values that the app reads.',
  );
}
