/** Unpacks the archives and layers of functions into folders. Functions with the same code share a folder. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { FunctionDeployment } from '../../model/deployment';
import { unpack } from './archive';
import { hasSdkV3, layerLinks, nodePath, optFolder, sdkLinks } from './execution-folders';
import { replaceOptPaths } from './opt-paths';
import { linkPackages, linkSdk } from './package-links';
import { addSourceMap } from './source-maps';

type Code = Pick<FunctionDeployment, 'archive' | 'archiveHash' | 'handler' | 'layers' | 'runtime' | 'environment'>;

export class TaskRoots {
  /** Task roots by `keyOf`. */
  private readonly roots = new Map<string, string>();
  private unpackedCount = 0;
  /** Folders with links to the packages of an SDK. */
  private readonly linked = new Set<string>();

  /**
   * @param parent folder in which the archives are unpacked
   * @param projectFolder packages of the SDK are linked from its `node_modules`, and from this package's
   */
  constructor(
    private readonly parent: string,
    private readonly projectFolder?: string,
  ) {}

  /**
   * Unpacks the archive and the layers on the first call.
   * @returns the task root: the folder with the function's code
   * @throws Error when an archive cannot be unpacked
   */
  folderFor(deployment: Code): string {
    const key = keyOf(deployment);
    const known = this.roots.get(key);
    if (known !== undefined) return known;
    this.unpackedCount += 1;
    const sdk = hasSdkV3(deployment.runtime) ? 3 : 2;
    const taskRoot = path.join(this.parent, `sdk-v${sdk}`, String(this.unpackedCount), 'task');
    mkdirSync(taskRoot, { recursive: true });
    unpack(deployment.archive, taskRoot);
    if (typeof deployment.archive === 'string') addSourceMap(deployment.archive, taskRoot, deployment.handler);
    this.addLayers(deployment, taskRoot);
    this.linkSdk(sdk, sdkLinks(taskRoot));
    this.roots.set(key, taskRoot);
    return taskRoot;
  }

  /** Removes the folders of code that none of these functions uses. */
  keepOnly(functions: readonly Code[]): void {
    const kept = new Set(functions.map(keyOf));
    for (const [key, taskRoot] of this.roots) {
      if (kept.has(key)) continue;
      this.roots.delete(key);
      rmSync(path.dirname(taskRoot), { recursive: true, force: true });
    }
  }

  private linkSdk(version: 2 | 3, target: string): void {
    if (!this.linked.has(target)) linkSdk(version, this.projectFolder, target);
    this.linked.add(target);
  }

  private addLayers(deployment: Code, taskRoot: string): void {
    const { layers = [] } = deployment;
    if (layers.length === 0) return;
    const opt = optFolder(taskRoot);
    for (const { archive } of layers) unpack(archive, opt);
    const folders = nodePath(deployment, taskRoot).filter((folder) => folder.startsWith(opt));
    linkPackages(folders, layerLinks(taskRoot));
    replaceOptPaths([taskRoot, opt], opt);
  }
}

/** Identifies everything that decides about the folders of a function. */
function keyOf({ archiveHash, layers = [], runtime, environment }: Code): string {
  const hashes = [archiveHash, ...layers.map((layer) => layer.archiveHash)];
  return JSON.stringify(
    layers.length === 0 ? [hasSdkV3(runtime), hashes] : [runtime, environment['NODE_PATH'], hashes],
  );
}
