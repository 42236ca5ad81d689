/** Reads policies of REST APIs (aws_api_gateway_rest_api.policy, aws_api_gateway_rest_api_policy) and tables. */
import type { RestApiDeployment } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import { type NotSimulated, NotSimulatedError } from '../../model/not-simulated';
import type { ResourceStatement } from '../../model/policy';
import type { Service } from '../../services/iam/conditions';
import { readPolicy } from '../../services/iam/policy';
import { isObject } from '../../services/is-object';
import { toList } from '../../services/to-list';
import type { Attributes, Resource } from './resource';
import type { Resources } from './resources';

export const API_POLICY = 'aws_api_gateway_rest_api_policy';

/**
 * @param stage the name of the API's stage
 * @throws DeploymentError for a policy that API Gateway refuses
 * @throws NotSimulatedError for elements that the local run cannot evaluate
 */
export function readApiPolicy(api: Resource, stage: string, resources: Resources): Pick<RestApiDeployment, 'policy'> {
  const [separate] = resources.where(API_POLICY, 'rest_api_id', api.attributes['id']);
  const source = separate ?? api;
  const { policy: document } = source.attributes;
  if (document === undefined || document === null || document === '') return {};
  const apiArn = api.attributes['execution_arn'] as string;
  const statements = readStatements(source.address, document, 'execute-api', (statement) =>
    withFullArns(statement, apiArn),
  );
  return { policy: { stageArn: `${apiArn}/${stage}`, statements } };
}

/** The policy of a table (aws_dynamodb_resource_policy). */
export interface TablePolicy {
  /** The ARN of the table, or of its stream. */
  readonly resourceArn: string;
  readonly statements: readonly ResourceStatement[];
}

/**
 * @throws DeploymentError for a policy that DynamoDB refuses
 * @throws NotSimulatedError for elements that the local run cannot evaluate
 */
export function readTablePolicy({ address, attributes }: Pick<Resource, 'address' | 'attributes'>): TablePolicy {
  const { resource_arn: resourceArn, policy } = attributes;
  return { resourceArn: String(resourceArn), statements: readStatements(address, policy, 'dynamodb') };
}

/**
 * @param document JSON text, or the object in an OpenAPI document
 * @param prepare changes a statement before its evaluation. @default it stays
 */
function readStatements(
  address: string,
  document: unknown,
  service: Service,
  prepare: (statement: Attributes) => Attributes = (statement) => statement,
): ResourceStatement[] {
  const policy = parse(address, document);
  const written = toList(policy['Statement']).map((statement) => (isObject(statement) ? statement : {}));
  const statements = written.map((statement) => prepare(withoutPrincipals(statement)));
  const json = JSON.stringify({ ...policy, Statement: statements });
  const { policy: read, numbers, faults, unsupported } = readPolicy(address, json, service);
  if (faults.length > 0) throw new DeploymentError(`${faults.join('; ')}.`);
  const excluding = written.flatMap(({ NotPrincipal: excluded }, index) =>
    excluded === undefined
      ? []
      : [{ found: `statement ${index + 1}: the element NotPrincipal`, supported: 'the element Principal' }],
  );
  const causes = [...unsupported, ...excluding].map((part): NotSimulated => ({
    address,
    attribute: 'policy',
    problem: part.found,
    ...part,
  }));
  if (causes.length > 0) throw new NotSimulatedError(causes);
  return read.statements.map((statement, index) => ({
    ...statement,
    principals: principalsOf(written[(numbers[index] ?? 0) - 1]?.['Principal']),
  }));
}

function parse(address: string, document: unknown): Attributes {
  try {
    const policy: unknown = typeof document === 'string' ? JSON.parse(document) : document;
    if (isObject(policy)) return policy;
  } catch {
    // Text that is no JSON is refused like JSON that is no object.
  }
  throw new DeploymentError(`${address}: its policy must be a JSON object.`);
}

function withoutPrincipals(statement: Attributes): Attributes {
  return Object.fromEntries(Object.entries(statement).filter(([name]) => !/^(Not)?Principal$/.test(name)));
}

/** A resource can begin with `execute-api:/` in place of the ARN of the API (developer guide, "API Gateway resource policy examples"). */
function withFullArns(statement: Attributes, apiArn: string): Attributes {
  const full = (value: unknown) =>
    toList(value).map((resource) => String(resource).replace(/^execute-api:\//, `${apiArn}/`));
  const names = ['Resource', 'NotResource'].filter((name) => statement[name] !== undefined);
  return { ...statement, ...Object.fromEntries(names.map((name) => [name, full(statement[name])])) };
}

function principalsOf(principal: unknown): string[] {
  return isObject(principal) ? toList(principal['AWS']).map(String) : toList(principal).map(String);
}
