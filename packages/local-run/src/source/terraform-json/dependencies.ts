/** Finds out which parts of a stack depend on something that the local run does not simulate. */
import type { NotSimulated } from '../../model/not-simulated';
import { toList } from '../../services/to-list';
import { ATTACHED_TYPES, LINKED_TYPES, type Node, PROVIDER } from './node';
import { linkPolicies } from './policy-links';
import { isUnknown } from './unknown';

/** Resource types that can decide about a response only through a resource that refers to them, or that they are attached to. */
const PARTS = [
  ...['aws_cloudwatch_log_group', 'aws_iam_policy', 'aws_iam_policy_attachment', 'aws_iam_role'],
  ...['aws_iam_role_policies_exclusive', 'aws_iam_role_policy', 'aws_iam_role_policy_attachment'],
  'aws_iam_role_policy_attachments_exclusive',
  ...['aws_lambda_layer_version', 'aws_s3_bucket', 'aws_s3_bucket_object', 'aws_s3_object'],
];

const API_TYPES = ['aws_api_gateway_rest_api', 'aws_apigatewayv2_api'];

export class Dependencies {
  private readonly nodes: ReadonlyMap<string, Node>;
  /** Addresses of the attached resources, by the address that they are attached to. */
  private readonly attached = new Map<string, string[]>();

  constructor(nodes: readonly Node[]) {
    this.nodes = new Map(nodes.map((node) => [node.address, node]));
    for (const node of nodes) {
      for (const target of targetsOf(node, nodes)) {
        this.attached.set(target, [...(this.attached.get(target) ?? []), node.address]);
      }
    }
  }

  /** What the local run does not simulate of a resource, and of the resources that it depends on. */
  causesOf(address: string): readonly NotSimulated[] {
    return [...this.reachableFrom([address])].flatMap((reached) => this.nodes.get(reached)?.causes ?? []);
  }

  /** The causes of all resources that can decide about a response. */
  allCauses(): readonly NotSimulated[] {
    const deciding = [...this.nodes.values()].filter(
      ({ type, isSimulated }) => type.startsWith('aws_') && !PARTS.includes(type) && isSimulated,
    );
    return [...this.reachableFrom(deciding.map(({ address }) => address))].flatMap(
      (reached) => this.nodes.get(reached)?.causes ?? [],
    );
  }

  /** The addresses of these resources, and of all resources that they depend on. */
  reachableFrom(addresses: readonly string[]): ReadonlySet<string> {
    const reached = new Set(addresses);
    // A set can grow during its iteration, which then includes the new members.
    for (const address of reached) {
      for (const next of [...(this.nodes.get(address)?.references ?? []), ...(this.attached.get(address) ?? [])]) {
        reached.add(next);
      }
      if (API_TYPES.includes(this.nodes.get(address)?.type ?? '')) reached.add(PROVIDER);
    }
    return reached;
  }
}

/**
 * Adds the references of LINKED_TYPES, and a cause where the other resource is not in the stack.
 * @param versionFaults returns a cause unless an alias leads to the version of this run
 */
export function linkNodes(
  nodes: readonly Node[],
  versionFaults: (alias: Node, lambda: string) => readonly NotSimulated[],
): void {
  linkPolicies(nodes);
  for (const node of nodes) {
    const { address, type, attributes, causes, references } = node;
    const link = LINKED_TYPES[type];
    if (!link) continue;
    const value = attributes[link.attribute];
    const [target] = namedBy(value, link.to, nodes);
    if (target !== undefined) references.add(target);
    else causes.push(unsupportedReference(address, link.attribute, value, `an ${link.to} of this stack`));
    if (type === 'aws_lambda_alias' && target !== undefined) causes.push(...versionFaults(node, target));
  }
}

export function unsupportedReference(
  address: string,
  attribute: string,
  value: unknown,
  supported: string,
): NotSimulated {
  return { address, attribute, found: value === undefined ? 'no value' : JSON.stringify(value), supported };
}

/** @returns the addresses of the resources that a resource is attached to */
function targetsOf({ type, attributes }: Node, nodes: readonly Node[]): string[] {
  const link = ATTACHED_TYPES[type];
  return toList(link && attributes[link.attribute]).flatMap((value) => namedBy(value, link?.to ?? '', nodes));
}

/** @returns the addresses of the resources of a type with this id, name or ARN. An unknown value can name any of them. */
function namedBy(value: unknown, type: string, nodes: readonly Node[]): string[] {
  const ofType = nodes.filter((node) => node.type === type);
  const named = ofType.filter(
    ({ attributes: { id, name, arn } }) => isUnknown(value) || [id, name, arn].includes(value),
  );
  return named.map((node) => node.address);
}
