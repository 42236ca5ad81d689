/**
 * The folders of an execution environment. On Lambda they are /var/task, /opt and /var/runtime. Here, the task root lies beside
 * `opt` and `node_modules`, and below a `node_modules` with the SDK, so imports of ES modules find the same packages.
 */
import path from 'node:path';
import type { FunctionDeployment } from '../../model/deployment';

/** The first runtime with version 3 of the SDK (Lambda developer guide, "Building Lambda functions with Node.js"). */
const FIRST_SDK_V3_RUNTIME = 18;

type Runtime = Pick<FunctionDeployment, 'runtime' | 'environment'>;

/** The folder of the layers. */
export const optFolder = (taskRoot: string) => path.join(path.dirname(taskRoot), 'opt');

/** The folder with links to the packages of the layers. */
export const layerLinks = (taskRoot: string) => path.join(path.dirname(taskRoot), 'node_modules');

/** The folder with links to the packages of the SDK: /var/runtime/node_modules. */
export const sdkLinks = (taskRoot: string) => path.join(taskRoot, '..', '..', 'node_modules');

export function majorVersion(runtime: string): number {
  return Number(/^nodejs(\d+)/.exec(runtime)?.[1] ?? 0);
}

/** Whether the runtime contains version 3 of the SDK. Earlier runtimes contain version 2. */
export function hasSdkV3(runtime: string): boolean {
  return majorVersion(runtime) >= FIRST_SDK_V3_RUNTIME;
}

/**
 * The folders in which Node.js looks for packages that are not in the archive: Lambda's order, or the function's NODE_PATH.
 * Relative folders start from the task root, the working directory on Lambda.
 */
export function nodePath({ runtime, environment }: Runtime, taskRoot: string): string[] {
  const own = environment['NODE_PATH'];
  const standard = [`/opt/nodejs/node${majorVersion(runtime)}/node_modules`, '/opt/nodejs/node_modules'];
  const folders = own?.split(':') ?? [...standard, '/var/runtime/node_modules', '/var/task'];
  return folders.filter((folder) => folder !== '').map((folder) => path.resolve(taskRoot, localPath(folder, taskRoot)));
}

/** Replaces a folder of Lambda by its folder on this machine. */
function localPath(folder: string, taskRoot: string): string {
  return folder
    .replace(/^\/opt(?=\/|$)/, optFolder(taskRoot))
    .replace(/^\/var\/runtime\/node_modules(?=\/|$)/, sdkLinks(taskRoot))
    .replace(/^\/var\/task(?=\/|$)/, taskRoot);
}
