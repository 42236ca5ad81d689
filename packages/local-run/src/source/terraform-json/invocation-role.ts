/** Reads the role with which an integration or an authorizer invokes its function, in place of a permission of the function. */
import { DeploymentError } from '../../model/deployment-error';
import { NotSimulatedError } from '../../model/not-simulated';
import { Evaluator } from '../../services/iam/evaluate';
import { readPolicy } from '../../services/iam/policy';
import type { Resource } from './resource';
import type { InvokedFunction, Resources } from './resources';
import { attachedPolicies, inlinePolicies } from './role-policies';

const ACTION = 'lambda:InvokeFunction';

const PRINCIPAL = 'apigateway.amazonaws.com';

/** AWS managed policies that allow the invocation of every function (AWS Managed Policy Reference). */
const MANAGED_POLICY = /:aws:policy\/(service-role\/AWSLambdaRole|AWSLambda_?FullAccess)$/;

const ALLOW = JSON.stringify({ Statement: { Effect: 'Allow', Action: ACTION, Resource: '*' } });

/**
 * Whether API Gateway may invoke a function: with the role of the resource, or without a role by a permission of the function.
 * @param attribute the attribute with the ARN of the role
 * @param sourceArn the ARN of the route, which permissions name
 */
export function mayInvoke(
  resource: Resource,
  attribute: string,
  sourceArn: string,
  lambda: InvokedFunction,
  resources: Resources,
): boolean {
  const arn = resource.attributes[attribute];
  if (arn === undefined || arn === null || arn === '') return resources.permits(sourceArn, lambda);
  const [role] = resources.where('aws_iam_role', 'arn', arn);
  if (!role) {
    const { address } = resource;
    throw new NotSimulatedError([
      { address, attribute, found: JSON.stringify(arn), supported: 'a role of this stack' },
    ]);
  }
  if (role.causes.length > 0) throw new NotSimulatedError(role.causes);
  if (!String(role.attributes['assume_role_policy']).includes(PRINCIPAL)) return false;
  const functionArn = lambda.attributes['arn'] as string;
  return allows(role, lambda.qualifier === undefined ? functionArn : `${functionArn}:${lambda.qualifier}`, resources);
}

function allows(role: Resource, functionArn: string, resources: Resources): boolean {
  const read = [...inlinePolicies(role, resources), ...attachedPolicies(role, resources)].map(({ where, document }) =>
    readPolicy(where, MANAGED_POLICY.test(where) ? ALLOW : document, 'lambda'),
  );
  const unsupported = read.flatMap((result) => result.unsupported);
  if (unsupported.length > 0) {
    const causes = unsupported.map((part) => ({ address: role.address, problem: part.found, ...part }));
    throw new NotSimulatedError(causes);
  }
  const faults = read.flatMap((result) => result.faults);
  if (faults.length > 0) throw new DeploymentError(faults.join('\n'));
  const [, , , region = ''] = functionArn.split(':');
  const values: Readonly<Record<string, readonly string[]>> = {
    'aws:requestedregion': [region],
    'aws:securetransport': ['true'],
  };
  const evaluator = new Evaluator(read.flatMap(({ policy }) => policy.statements));
  return evaluator.decide(ACTION, functionArn, (key) => values[key]) === 'allowed';
}
