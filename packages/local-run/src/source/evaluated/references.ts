/**
 * Finds the references between evaluated resources. The state of Terraform lists all resources that a resource depends on, even
 * by way of others and for its tags. A resource refers to one of them if one of its used values contains an id, ARN or name of it.
 */
import { isObject } from '../../services/is-object';
import type { Node } from '../terraform-json/node';
import type { EvaluatedResource } from '../terraform/evaluated-resource';

/** Shorter values are found only as whole texts: a name such as `api` is part of many other texts. */
const MIN_PART_LENGTH = 6;

/** Resources of other types never change a response by themselves. */
const DECIDING_TYPES = /^aws_(api_gateway|apigatewayv2|dynamodb|iam|lambda)_/;

/** Adds the references of all nodes. @param resources the evaluated resources of the nodes, by address */
export function addReferences(nodes: readonly Node[], resources: ReadonlyMap<string, EvaluatedResource>): void {
  const byBlock = new Map<string, Node[]>();
  for (const node of nodes) {
    const block = withoutKeys(node.address);
    byBlock.set(block, [...(byBlock.get(block) ?? []), node]);
  }
  const identities = new Map(nodes.map((node) => [node, identitiesOf(node, resources.get(node.address))]));
  for (const node of nodes) {
    const resource = resources.get(node.address);
    if (!resource) continue;
    // The readers of an OpenAPI document find the functions of its routes, each for one route.
    const attributes = Object.entries(node.isSimulated ? node.attributes : resource.configured);
    const texts = textsOf(attributes.flatMap(([name, value]) => (name === 'body' ? [] : [value])));
    const targets = resource.dependencies
      .flatMap((address) => byBlock.get(address) ?? [])
      .filter(
        (target) =>
          target !== node &&
          decides(node, target) &&
          (identities.get(target) ?? []).some((value) => contains(texts, value)),
      );
    for (const target of targets) node.references.add(target.address);
    // A resource of an unknown type can change the resource that it names, as a policy of an API does.
    if (node.isSimulated || node.causes.length === 0 || !DECIDING_TYPES.test(node.type)) continue;
    for (const target of targets) if (target.isSimulated) target.references.add(node.address);
  }
}

/** Policies name resources of all services. The local run evaluates no statement about a service that never decides. */
function decides(node: Node, target: Node): boolean {
  return !node.type.startsWith('aws_iam_') || DECIDING_TYPES.test(target.type.replace(/^data\./, ''));
}

/** `module.api["a"].aws_lambda_function.this[0]` -> `module.api.aws_lambda_function.this` */
export function withoutKeys(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');
}

/** The texts by which other resources refer to a resource: its id, ARN and name, and all that AWS makes up for it. */
function identitiesOf(node: Node, resource: EvaluatedResource | undefined): string[] {
  const { values = {}, configured = {} } = resource ?? {};
  const names = Object.entries(values).filter(([name, value]) => {
    if (typeof value !== 'string' || value === '' || /^(account_id|owner_id|region)$/.test(name)) return false;
    // A role often has the name of a table or function. Links find roles by their names.
    if (node.type === 'aws_iam_role') return name === 'arn';
    if (/^(id|arn|name|function_name)$/.test(name)) return true;
    if (Object.hasOwn(configured, name)) return false;
    return node.isSimulated ? /(_id|_arn|_url|endpoint)$/.test(name) : value.length >= MIN_PART_LENGTH;
  });
  return [...new Set(names.map(([, value]) => value as string))];
}

function contains(texts: ReadonlySet<string>, value: string): boolean {
  if (texts.has(value)) return true;
  return value.length >= MIN_PART_LENGTH && [...texts].some((text) => text.includes(value));
}

function textsOf(value: unknown, texts = new Set<string>()): Set<string> {
  if (typeof value === 'string') texts.add(value);
  else if (Array.isArray(value)) for (const item of value) textsOf(item, texts);
  else if (isObject(value)) for (const item of Object.values(value)) textsOf(item, texts);
  return texts;
}
