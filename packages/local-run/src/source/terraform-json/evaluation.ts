/** Evaluates the resources of a template, and records what the local run does not simulate and which resources depend on it. */
import { createHash } from 'node:crypto';
import { ACCOUNT_ID } from '../../model/account';
import { unsupportedValues, usedAttributes } from './attribute-rules';
import { evaluate, type Lookup } from './expressions';
import { isInertType } from './inert-types';
import { ATTACHED_TYPES, newNode, type Node, PROVIDER } from './node';
import type { Attributes } from './resource';
import { RESOURCE_TYPES } from './resource-types';
import { type Template, typeOf } from './template';
import { isUnknown, UNKNOWN } from './unknown';

/** The region of a stack whose provider has none. */
const DEFAULT_REGION = 'us-east-1';

export class Evaluation {
  readonly region: string;
  /** All APIs depend on it, because their ARNs and the functions' environment contain the region. */
  readonly provider = newNode(PROVIDER, 'provider', true);
  private readonly nodes = new Map<string, Node>();
  private readonly inProgress = new Set<string>();
  private readonly urls: ReadonlyMap<unknown, string>;

  /** @param endpoints the URLs of the APIs in this run, by address */
  constructor(
    private readonly stack: string,
    private readonly template: Template,
    endpoints: ReadonlyMap<string, string>,
  ) {
    this.urls = new Map([...endpoints].map(([address, url]) => [this.generatedId(address), url]));
    const region = this.value(template.region, 'region', this.provider);
    this.region = typeof region === 'string' && !isUnknown(region) ? region : environmentRegion();
  }

  /** @throws DeploymentError when the resource, or a resource that it refers to, is missing or refers to itself */
  node(address: string): Node {
    const known = this.nodes.get(address);
    if (known) return known;
    const configuration = this.template.configuration(address);
    if (!configuration) throw this.template.refused(`a reference to ${address}, which is not a resource of this stack`);
    const type = typeOf(address);
    const node = newNode(address, type, Object.hasOwn(RESOURCE_TYPES, type));
    this.guard(address, () => {
      if (node.isSimulated) this.simulate(node, configuration);
      else this.evaluateTarget(node, configuration);
    });
    if (!node.isSimulated && !isInertType(type)) {
      node.causes.push({ address, supported: 'a text in place of each reference to it' });
    }
    this.nodes.set(address, node);
    return node;
  }

  /**
   * Evaluates a value. An unsupported expression becomes UNKNOWN, and a cause of the node.
   * @param path the place of the value in the node: `environment.variables.TABLE_NAME`
   */
  value(value: unknown, path: string, node: Node): unknown {
    const lookup: Lookup = {
      attribute: (address, name, onFault) => this.attribute(node, address, name, onFault),
      named: (name, onFault) => this.named(node, name, onFault),
    };
    return evaluate(value, path, lookup, (attribute, found, supported) =>
      node.causes.push({ address: node.address, attribute, found, supported }),
    );
  }

  private simulate(node: Node, configuration: Attributes): void {
    const { address, causes } = node;
    const type = RESOURCE_TYPES[typeOf(address)];
    if (!type) return;
    const prepared = type.prepare?.(configuration) ?? configuration;
    const used = usedAttributes(address, prepared, type.attributes, (fault) => causes.push(fault));
    const configured = Object.fromEntries(
      Object.entries(used).map(([name, value]) => [name, this.value(value, name, node)]),
    );
    causes.push(...unsupportedValues(address, configured, type.attributes));
    const place = { id: this.generatedId(address), region: this.region, account: ACCOUNT_ID, urls: this.urls };
    node.configured = configured;
    node.attributes = { ...configured, ...type.computed?.(configured, place) };
    if (causes.length === 0 && !isUnknown(configured)) causes.push(...(type.check?.(address, configured) ?? []));
  }

  /** Evaluates only the attribute that names the resource to which another resource is attached. */
  private evaluateTarget(node: Node, configuration: Attributes): void {
    const { attribute: name } = ATTACHED_TYPES[typeOf(node.address)] ?? {};
    if (name !== undefined) node.attributes = { [name]: this.value(configuration[name], name, node) };
  }

  private attribute(from: Node, address: string, name: string, onFault: (supported: string) => void): unknown {
    const node = this.node(address);
    from.references.add(address);
    if (name in node.attributes) return node.attributes[name];
    if (node.isSimulated) {
      onFault(`the attributes ${Object.keys(node.attributes).sort().join(', ')} of ${address}`);
      return UNKNOWN;
    }
    return isInertType(typeOf(address)) ? this.inertAttribute(node, name, onFault) : UNKNOWN;
  }

  /** The resource does not exist on this machine, so only its configured attributes, its id and its ARN are known. */
  private inertAttribute(node: Node, name: string, onFault: (supported: string) => void): unknown {
    const { address } = node;
    const configured = this.template.configuration(address)?.[name] ?? undefined;
    if (configured !== undefined) return this.guard(`${address}.${name}`, () => this.value(configured, name, node));
    const id = this.generatedId(address);
    const [, service = ''] = address.split('_');
    if (name === 'id' || name === 'key_id') return id;
    if (name === 'arn') return `arn:aws:${service}:${this.region}:${ACCOUNT_ID}:${id}`;
    onFault(`the configured attributes, id and arn of ${address}`);
    return UNKNOWN;
  }

  /** @param name `local.prefix` or `var.prefix` */
  private named(from: Node, name: string, onFault: (supported: string) => void): unknown {
    const found = this.template.named(name);
    if (!found) throw this.template.refused(`a reference to ${name}, which is not in this stack`);
    if (found.value !== undefined) return this.guard(name, () => this.value(found.value, name, from));
    onFault('variables with a default');
    return UNKNOWN;
  }

  /** @throws DeploymentError when the evaluation of something needs its own result */
  private guard<T>(name: string, evaluateIt: () => T): T {
    if (this.inProgress.has(name)) throw this.template.refused(`${name} refers to itself`);
    this.inProgress.add(name);
    const result = evaluateIt();
    this.inProgress.delete(name);
    return result;
  }

  /** An id in API Gateway's format: ten lower-case letters and digits. It is the same in every run. */
  private generatedId(address: string): string {
    const hash = createHash('sha256').update(`${this.stack}/${address}`).digest();
    return BigInt(`0x${hash.toString('hex').slice(0, 16)}`)
      .toString(36)
      .padStart(10, '0')
      .slice(0, 10);
  }
}

/** The region of a provider without a region. The provider ignores empty variables. */
function environmentRegion(): string {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  return [AWS_REGION, AWS_DEFAULT_REGION].find((region) => region !== undefined && region !== '') ?? DEFAULT_REGION;
}
