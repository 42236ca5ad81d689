/** Checks the path tree of REST APIs by the rules of API Gateway. */
import type { Resources } from './resources';
import { DeploymentError } from '../../model/deployment-error';

/**
 * Allowed path segments. A variable is a whole segment (developer guide, "Important notes for REST APIs"). `$` is allowed, too
 * (aws/aws-cdk, pull request 27619).
 */
const PATH_PART = /^([\w.,:$-]+|\{[\w.,:-]+\+?\})$/;

/** @throws DeploymentError */
export function checkPaths(apiId: string, resources: Resources): void {
  const ofApi = resources
    .simulated('aws_api_gateway_resource')
    .filter(({ attributes }) => attributes['rest_api_id'] === apiId);
  const all = ofApi.map(({ address, attributes }) => ({
    address,
    id: attributes['id'],
    parent: attributes['parent_id'],
    part: String(attributes['path_part']),
  }));
  for (const [index, { address, parent, part }] of all.entries()) {
    const error = (problem: string) => new DeploymentError(`${address}: ${problem}.`);
    if (!PATH_PART.test(part)) {
      const rule = 'must consist of letters, digits and _ - . , : $, or be a variable such as {id} or {proxy+}';
      throw error(`path_part = ${JSON.stringify(part)} ${rule}`);
    }
    const siblings = all.slice(0, index).filter((other) => other.parent === parent);
    if (siblings.some((other) => other.part === part)) {
      throw error(`its parent has another child ${JSON.stringify(part)}`);
    }
    const variable = siblings.find((other) => other.part.startsWith('{'));
    if (variable && part.startsWith('{')) {
      throw error(`"${part}" and "${variable.part}" are variables of the same parent, which may have only one`);
    }
    const above = all.find(({ id }) => id === parent);
    if (above?.part.endsWith('+}')) throw error(`its parent "${above.part}" must be the end of a path`);
  }
}
