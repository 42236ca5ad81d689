/** The stack of a folder of Terraform files: evaluates the files with Terraform, or takes the cached evaluation. */
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { sha256, userCacheFolder } from '../cache-folder';
import { EvaluatedStack } from '../evaluated/evaluated-stack';
import { ProjectFiles, type ProjectSnapshot } from '../project-files';
import type { RunTimeoutOptions } from '../run-timeout';
import type { LoadedStacks, Source } from '../source';
import type { EvaluatedConfiguration } from './evaluated-resource';
import { evaluatedInputs } from './evaluated-inputs';
import { type CacheEntry, decodeFiles, encodeFiles, EvaluationCache } from './evaluation-cache';
import { Evaluator } from './evaluator';
import { InstalledModules } from './installed-modules';
import { type ProjectScan, scanProject } from './project-scan';
import { pruneProjects } from './prune-projects';
import { type TerraformSettings, workspaceOf } from './settings';
import { findTerraform, locateTerraform } from './terraform-command';
import { variableValues } from './variable-values';

export interface TerraformSourceOptions extends RunTimeoutOptions {
  /** The folder of the root module. Its name is the name of the stack. */
  readonly folder: string;
  /** A folder for the files of an evaluation. */
  readonly workFolder: string;
  readonly settings: TerraformSettings;
  /** Variables for Terraform, in addition to the variables of this process. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** Files and folders that the local run writes. */
  readonly written?: readonly string[];
  /** Whether to read the cache. The evaluation is written to the cache in any case. @default true */
  readonly cache?: boolean | undefined;
  /** @default a folder for this project in the cache folder of this user */
  readonly cacheFolder?: string | undefined;
}

export class TerraformSource implements Source {
  readonly kind = 'terraform';
  /** The files of the configuration, and the files that the last evaluation made known. */
  readonly project: ProjectFiles;
  snapshotAfterRun: ProjectSnapshot | undefined;
  /** The files of the configuration, as far as they are known without an evaluation. */
  private readonly configured: ProjectFiles;
  private readonly root: string;
  private readonly workFolder: string;
  private readonly environment: NodeJS.ProcessEnv;
  private readonly workspace: string;
  private isOpenTofu: boolean;
  private readonly installed: InstalledModules;
  private readonly evaluator: Evaluator;
  private readonly cache: EvaluationCache;
  constructor(private readonly options: TerraformSourceOptions) {
    const { folder, workFolder, environment, written, settings, cacheFolder } = options;
    mkdirSync(workFolder, { recursive: true });
    this.root = realpathSync(folder);
    this.workFolder = realpathSync(workFolder);
    this.environment = { ...process.env, ...environment };
    this.isOpenTofu = locateTerraform(this.environment)?.isOpenTofu ?? false;
    this.workspace = workspaceOf(settings, this.environment, this.root);
    const { TF_DATA_DIR: dataFolder } = this.environment;
    this.installed = new InstalledModules(this.root, path.join(this.workFolder, 'modules'), dataFolder);
    this.cache = new EvaluationCache(cacheFolder ?? path.join(projectCaches(), sha256(this.root)));
    const { scope } = this.scan();
    this.project = new ProjectFiles(this.root, written, scope);
    this.configured = new ProjectFiles(this.root, written, scope);
    const { root, workspace, installed } = this;
    this.evaluator = new Evaluator({
      ...options,
      ...{ root, workspace, installed, environment: this.environment },
      folder: path.join(this.workFolder, 'mirror'),
      scan: () => this.scan(),
    });
  }

  async load(current?: ProjectSnapshot): Promise<LoadedStacks> {
    const terraform = findTerraform(this.environment, this.options.folder);
    this.isOpenTofu = terraform.isOpenTofu;
    const scan = this.scan();
    this.configured.setScope(scan.scope);
    const configured = this.configured.snapshot();
    const { files, isComplete } = scan.absolutePaths;
    const absolute = this.filesAt(files);
    const key = this.cache.keyOf({ ...this.keyParts(), stamp: terraform.stamp }, [configured, absolute]);
    const cached = this.options.cache === false ? undefined : this.readCache(key);
    if (cached) return cached;
    const before = current ?? this.project.snapshot();
    const { configuration, output } = await this.evaluator.evaluate(terraform, scan).finally(() => {
      this.snapshotAfterRun = this.project.snapshot();
    });
    const inputs = evaluatedInputs(configuration, this.root);
    const snapshot = this.followInputs(inputs);
    // A save that was undone counts, too: Terraform may have read the file in between.
    const isUnchanged =
      this.configured.snapshot().stamp === configured.stamp && this.filesAt(files).stamp === absolute.stamp;
    if (isUnchanged && isComplete) this.writeCache(key, { configuration, output, inputs, hash: snapshot.hash });
    return {
      stacks: [this.stackOf(configuration)],
      snapshot: isUnchanged ? snapshot : before,
      output,
      release: () => this.evaluator.release(),
    };
  }

  prepare(): void {
    // The stand-in providers keep running between evaluations.
  }

  expire(): void {
    this.evaluator.expire();
  }

  stop(): Promise<void> {
    return this.evaluator.stop();
  }

  private scan(inputs: readonly string[] = []): ProjectScan {
    const { root, installed } = this;
    const { variableFiles } = this.options.settings;
    return scanProject({
      ...{ root, installed: installed.all(), installFolder: installed.folder, isOpenTofu: this.isOpenTofu },
      inputs: [...variableFiles, ...inputs],
      variableValues: variableValues(root, this.options.settings, this.environment),
    });
  }

  private filesAt(absolutePaths: readonly string[]): ProjectSnapshot {
    const { root } = path.parse(this.root);
    const scope = { root, included: absolutePaths, modules: [], neverIgnored: absolutePaths };
    return new ProjectFiles(root, this.options.written, scope).snapshot();
  }

  private keyParts() {
    const { root, workspace, environment } = this;
    return { root, workspace, environment, settings: this.options.settings };
  }

  /** Makes the files that the evaluation made known part of the project. */
  private followInputs(inputs: readonly string[]): ProjectSnapshot {
    this.project.setScope(this.scan(inputs).scope);
    return (this.snapshotAfterRun = this.project.snapshot());
  }

  private readCache(key: string): LoadedStacks | undefined {
    const entry = this.cache.read(key);
    if (!entry) return undefined;
    const snapshot = this.followInputs(entry.inputs);
    if (snapshot.hash !== entry.hash) return undefined;
    const folder = path.join(this.workFolder, 'cached');
    const release = () => rmSync(folder, { recursive: true, force: true });
    release();
    const configuration = { ...entry.configuration, files: decodeFiles(entry.files, folder) };
    return { stacks: [this.stackOf(configuration)], snapshot, output: entry.output, release };
  }

  private writeCache(
    key: string,
    {
      configuration,
      ...entry
    }: Omit<CacheEntry, 'configuration' | 'files'> & { readonly configuration: EvaluatedConfiguration },
  ): void {
    const { files, ...rest } = configuration;
    this.cache.write(key, { ...entry, configuration: rest, files: encodeFiles(files) });
    // Nothing waits for it: requests are answered meanwhile.
    if (this.options.cacheFolder === undefined) void pruneProjects(projectCaches());
  }

  private stackOf(configuration: EvaluatedConfiguration): EvaluatedStack {
    return new EvaluatedStack(path.basename(path.resolve(this.options.folder)), this.root, configuration);
  }
}

/** Contains a folder for each project of this user. */
function projectCaches(): string {
  return path.join(userCacheFolder(), 'terraform');
}
