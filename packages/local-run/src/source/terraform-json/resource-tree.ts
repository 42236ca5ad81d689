/** The tree of paths of a REST API, refused where API Gateway would refuse it. */
import type { Resources } from './resources';
import { DeploymentError } from '../../model/deployment-error';

/**
 * Developer guide, "Important notes for REST APIs": what a path segment may be of, and that a variable is all of one. `$` is taken
 * too: aws/aws-cdk, pull request 27619.
 */
const PATH_PART = /^([\w.,:$-]+|\{[\w.,:-]+\+?\})$/;

/** @throws DeploymentError */
export function checkResourceTree(resources: Resources): void {
  const all = resources.of('aws_api_gateway_resource').map(({ address, attributes }) => ({
    address,
    id: attributes['id'],
    parent: attributes['parent_id'],
    part: String(attributes['path_part']),
  }));
  for (const [index, { address, parent, part }] of all.entries()) {
    const refuse = (why: string) => new DeploymentError(`${address}: ${why}.`);
    if (!PATH_PART.test(part)) {
      const rule = 'must be letters, digits and _ - . , : $, or a variable such as {id} or {proxy+}';
      throw refuse(`path_part = ${JSON.stringify(part)} ${rule}`);
    }
    const siblings = all.slice(0, index).filter((other) => other.parent === parent);
    if (siblings.some((other) => other.part === part)) {
      throw refuse(`there is another ${JSON.stringify(part)} below the same parent`);
    }
    const variable = siblings.find((other) => other.part.startsWith('{'));
    if (variable && part.startsWith('{')) {
      throw refuse(`"${part}" and "${variable.part}" are variables of the same parent, which may have one`);
    }
    const above = all.find(({ id }) => id === parent);
    if (above?.part.endsWith('+}')) throw refuse(`it is below "${above.part}", which must be the end of a path`);
  }
}
