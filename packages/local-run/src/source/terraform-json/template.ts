/** Reads a stack's cdk.tf.json and refuses every block, resource type and attribute that the local run does not support. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DeploymentError } from '../../model/deployment-error';
import type { Attributes } from './resource';
import { RESOURCE_TYPES, type SupportedAttributes } from './resource-types';

type ResourceBlocks = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

interface Content {
  readonly resource?: ResourceBlocks;
  readonly data?: ResourceBlocks;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly provider?: Readonly<Record<string, unknown>>;
}

/** Variables are allowed, but have no value: a reference to a variable is refused. */
const SUPPORTED_BLOCKS = ['//', 'data', 'output', 'provider', 'resource', 'terraform', 'variable'];

/** Meta-arguments without effect on one machine. Other meta-arguments, such as count and for_each, are refused. */
export const IGNORED_META_ARGUMENTS = ['//', 'depends_on', 'lifecycle'];

export class Template {
  /** The region of the AWS provider. */
  readonly region: string;
  /** Addresses of all resources and data sources, in the order of the file. */
  readonly addresses: readonly string[];
  private readonly content: Content;

  /** @throws DeploymentError */
  constructor(
    private readonly stack: string,
    private readonly folder: string,
  ) {
    this.content = JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as Content;
    for (const block of Object.keys(this.content)) {
      if (!SUPPORTED_BLOCKS.includes(block)) throw this.notSupported(`the block "${block}"`);
    }
    this.region = this.readRegion();
    this.addresses = [...addressesOf(this.content.data, 'data.'), ...addressesOf(this.content.resource, '')];
    for (const address of this.addresses) this.checkResource(address);
  }

  get outputs(): ReadonlyMap<string, unknown> {
    return new Map(Object.entries(this.content.output ?? {}).map(([name, { value }]) => [name, value]));
  }

  /** A resource as written in the file, its references not evaluated. */
  configuration(address: string): Attributes | undefined {
    const [type = '', name = ''] = address.replace(/^data\./, '').split('.');
    return (address.startsWith('data.') ? this.content.data : this.content.resource)?.[type]?.[name];
  }

  /** @param subject begins the message: `the block "module"` */
  notSupported(subject: string): DeploymentError {
    const file = path.join(this.folder, 'cdk.tf.json');
    return new DeploymentError(`Stack ${this.stack}: ${subject} is not supported by the local run (${file}).`);
  }

  /** Only one AWS provider with a region and default tags is supported: no alias, endpoints or other account. */
  private readRegion(): string {
    const { aws, ...others } = this.content.provider ?? {};
    const [name] = Object.keys(others);
    if (name !== undefined) throw this.notSupported(`the provider ${name}`);
    const provider = unwrapBlock(aws) as Attributes | undefined;
    for (const attribute of Object.keys(provider ?? {})) {
      if (attribute === 'region' || attribute === 'default_tags') continue;
      throw this.notSupported(`the provider aws: its attribute "${attribute}"`);
    }
    if (typeof provider?.['region'] === 'string') return provider['region'];
    throw this.notSupported('the provider aws without a region');
  }

  private checkResource(address: string): void {
    const type = RESOURCE_TYPES[typeOf(address)];
    if (!type) throw this.notSupported(`the resource ${address}: its type`);
    const entries = Object.entries(this.configuration(address) ?? {});
    const attributes = entries.filter(([name]) => !IGNORED_META_ARGUMENTS.includes(name));
    this.checkBlock(address, Object.fromEntries(attributes), type.attributes);
  }

  private checkBlock(where: string, block: object, supported: SupportedAttributes): void {
    for (const [name, value] of Object.entries(block)) {
      const error = () => this.notSupported(`the resource ${where}: its attribute "${name}"`);
      const rule = Object.hasOwn(supported, name) ? supported[name] : undefined;
      if (rule === undefined) throw error();
      const inner = unwrapBlock(value);
      if (typeof rule !== 'object' || inner === undefined || inner === null) continue;
      if (typeof inner !== 'object') throw error();
      this.checkBlock(`${where}.${name}`, inner, rule);
    }
  }
}

export function typeOf(address: string): string {
  return address.split('.').slice(0, -1).join('.');
}

/** Terraform's JSON may write a block as a list of one block. */
export function unwrapBlock(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value;
}

function addressesOf(blocks: ResourceBlocks | undefined, prefix: string): string[] {
  return Object.entries(blocks ?? {}).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${prefix}${type}.${name}`),
  );
}
