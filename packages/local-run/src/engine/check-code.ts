/** Refuses a reload whose code Node.js cannot parse, so the previous version keeps serving. */
import type { FunctionDeployment } from '../model/deployment';
import { DeploymentError } from '../model/deployment-error';
import type { ServedFunction } from '../services/lambda/served-function';
import type { TaskRoots } from '../services/lambda/task-roots';
import { syntaxFaults } from './syntax-faults';

/**
 * Checks the code of functions that are new or changed.
 * @param served the functions that the run serves
 * @throws DeploymentError that names each function, with the file, the line and the error
 */
export async function checkChangedCode(
  functions: readonly FunctionDeployment[],
  served: readonly Pick<ServedFunction, 'deployment'>[],
  taskRoots: Pick<TaskRoots, 'folderFor'>,
): Promise<void> {
  const isServed = ({ archiveHash, handler }: FunctionDeployment) =>
    served.some(({ deployment: { archiveHash: hash, handler: other } }) => hash === archiveHash && other === handler);
  const checked = functions
    .filter((deployment) => !isServed(deployment))
    .map(async (deployment) => {
      const faults = await syntaxFaults(taskRoots.folderFor(deployment), deployment.handler);
      return faults.length === 0 ? [] : [`the code of ${deployment.name} has a syntax error:`, ...faults];
    });
  const lines = (await Promise.all(checked)).flat();
  if (lines.length > 0) throw new DeploymentError(lines.join('\n'));
}
