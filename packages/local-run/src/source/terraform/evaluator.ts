/** Evaluates a configuration: runs `terraform apply` in a mirror of the user's folder, against stand-in providers. */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { StandIn } from '../../stand-in/stand-in';
import type { RunTimeoutOptions } from '../run-timeout';
import { SynthError } from '../synth-error';
import type { EvaluatedConfiguration } from './evaluated-resource';
import type { InstalledModules } from './installed-modules';
import type { Mirror } from './mirror';
import { mirrorOf } from './mirror-of-project';
import type { ProjectScan } from './project-scan';
import { missingArchives, skippedProvisioners, withProvisionerAdvice } from './provisioners';
import { type TerraformSettings, variableArguments } from './settings';
import { readState } from './state';
import { type TerraformCommand, terraformEnvironment } from './terraform-command';
import { TerraformProcess } from './terraform-process';
import { withTypeAdvice } from './unknown-types';

/** Each evaluation begins with an empty state, in the mirror. */
const APPLY = ['apply', '-auto-approve', '-input=false', '-refresh=false', '-lock=false', '-backup=-'];

export interface EvaluatorOptions extends RunTimeoutOptions {
  /** Folder of the root module, without symbolic links. */
  readonly root: string;
  /** A folder for the mirror, without symbolic links. */
  readonly folder: string;
  readonly settings: TerraformSettings;
  readonly workspace: string;
  /** All environment variables of the project. */
  readonly environment: NodeJS.ProcessEnv;
  readonly installed: InstalledModules;
  /** Reads the project. */
  readonly scan: () => ProjectScan;
}

export interface Evaluation {
  /** Its files are valid until the next evaluation. */
  readonly configuration: EvaluatedConfiguration;
  /** The warnings. */
  readonly output: string;
}

export class Evaluator {
  private readonly process: TerraformProcess;
  /** The stand-in providers stay between evaluations, because their start takes longer than the start of Terraform. */
  private standIn: { readonly providers: Promise<StandIn>; readonly key: object } | undefined;
  private mirror: Mirror | undefined;

  constructor(private readonly options: EvaluatorOptions) {
    this.process = new TerraformProcess(options);
  }

  /** @throws SynthError with the errors of Terraform */
  async evaluate(terraform: TerraformCommand, scan: ProjectScan): Promise<Evaluation> {
    if (!scan.tree.complete) await this.installModules(terraform, scan);
    return this.apply(terraform, scan.tree.complete ? scan : this.options.scan());
  }

  /** Shortens the timeout of the current run, because a newer save waits. */
  expire(): void {
    this.process.expire();
  }

  /** Removes the files of the last evaluation. */
  release(): void {
    rmSync(this.options.folder, { recursive: true, force: true });
  }

  /** Stops permanently. Settles when no process of Terraform is left. */
  async stop(): Promise<void> {
    await this.process.stop();
    const standIn = await this.standIn?.providers.catch(() => undefined);
    standIn?.stop();
  }

  private async apply(terraform: TerraformCommand, scan: ProjectScan): Promise<Evaluation> {
    const { root, settings, workspace, environment } = this.options;
    const mirror = this.newMirror(scan);
    const standIn = await this.standInFor(scan, mirror);
    standIn.beginRun();
    const skipped = settings.provisioners ? [] : skippedProvisioners(scan.tree);
    const variables = terraformEnvironment(environment, { workspace, reattach: standIn.reattach });
    const args = [...APPLY, ...variableArguments(settings)];
    const warnings = await this.process
      .run(terraform, args, { mirror, environment: variables })
      .catch((error: unknown) => {
        if (!(error instanceof SynthError)) throw error;
        throw new SynthError(withTypeAdvice(withProvisionerAdvice(error.message, skipped), standIn.unknownTypes));
      });
    const state = readState(stateFile(mirror, workspace));
    const evaluated = mirror.withOriginalPathsIn(state);
    const { account, region } = standIn;
    const configuration = { ...evaluated, account, region, files: mirror.writtenFiles() };
    return { configuration, output: [warnings, missingArchives(skipped, configuration, root)].join('\n').trim() };
  }

  /** Installs missing modules from registries and repositories, for which Terraform needs the network. */
  private async installModules(terraform: TerraformCommand, scan: ProjectScan): Promise<void> {
    const { workspace, environment, installed } = this.options;
    const mirror = this.newMirror(scan);
    const variables = terraformEnvironment(environment, { workspace, reattach: '{}' });
    await this.process.run(terraform, ['get'], { mirror, environment: variables });
    installed.adopt(mirror.root);
  }

  private newMirror(scan: ProjectScan): Mirror {
    const { root, folder, installed, settings } = this.options;
    const { provisioners } = settings;
    return (this.mirror = mirrorOf(scan, { root, folder, installFolder: installed.folder, provisioners }));
  }

  private async standInFor({ types, providers }: ProjectScan, { root }: Mirror): Promise<StandIn> {
    const key = { types, providers };
    if (this.standIn && isDeepStrictEqual(this.standIn.key, key)) return this.standIn.providers;
    const { root: project, environment } = this.options;
    const previous = await this.standIn?.providers.catch(() => undefined);
    previous?.stop();
    const started = StandIn.start({
      ...key,
      folder: root,
      pathToWrite: (file) => this.mirror?.pathToWrite(file) ?? file,
      environment,
      installedProviders: path.resolve(project, environment['TF_DATA_DIR'] ?? '.terraform', 'providers'),
    });
    this.standIn = { providers: started, key };
    return started;
  }
}

function stateFile({ root }: Mirror, workspace: string): string {
  const ofWorkspace = path.join(root, 'terraform.tfstate.d', workspace, 'terraform.tfstate');
  return existsSync(ofWorkspace) ? ofWorkspace : path.join(root, 'terraform.tfstate');
}
