/** Reads a synthesized stack (cdk.tf.json) and evaluates its references; whatever it does not understand is an error. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ACCOUNT_ID } from '../../model/account';
import { DeploymentError } from '../../model/deployment-error';
import { RESOURCE_TYPES, type Understood } from './resource-types';

export type Attributes = Readonly<Record<string, unknown>>;

interface Template {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly data?: Template['resource'];
  readonly output?: Readonly<
    Record<string, { readonly value: unknown; readonly sensitive?: boolean; readonly description?: string }>
  >;
  readonly provider?: Readonly<Record<string, unknown>>;
}

/** A resource or data source with all its references evaluated. */
export interface Resource {
  /** `aws_lambda_function.function`, as Terraform names it. */
  readonly address: string;
  readonly type: string;
  readonly attributes: Attributes;
  /** What stands under `//`, which Terraform ignores. */
  readonly comment: Attributes;
}

/** Of a variable nothing is used: a reference to one is not understood. */
const BLOCKS = ['//', 'data', 'output', 'provider', 'resource', 'terraform', 'variable'];

/** Meta-arguments that change nothing for a run on one machine; others (count, for_each, ...) would. */
const META_ARGUMENTS = ['//', 'depends_on', 'lifecycle'];

/** One stack, as synthesized, and what its references come to. */
export class TerraformStack {
  /** The AWS provider's. */
  readonly region: string;
  private readonly template: Template;
  private readonly evaluated = new Map<string, Attributes>();
  private readonly inProgress = new Set<string>();

  /**
   * @param folder the stack's folder within the synthesized output
   * @throws DeploymentError for a block, resource type or attribute that is not understood
   */
  constructor(
    readonly name: string,
    readonly folder: string,
  ) {
    this.template = JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as Template;
    for (const block of Object.keys(this.template)) {
      if (!BLOCKS.includes(block)) throw this.notUnderstood(`the block "${block}"`);
    }
    this.region = this.readRegion();
    for (const address of this.addresses()) this.checkAttributes(address);
  }

  /** Addresses of all resources of a type, in the order of the file. */
  addressesOf(type: string): string[] {
    return this.addresses().filter((address) => address.startsWith(`${type}.`));
  }

  /**
   * All resources, evaluated.
   * @param given values of attributes that only the run knows, by address
   */
  evaluate(given: ReadonlyMap<string, Attributes>): Resource[] {
    this.evaluated.clear();
    return this.addresses().map((address) => ({
      address,
      type: typeOf(address),
      attributes: this.attributes(address, given),
      comment: (this.configured(address)?.['//'] ?? {}) as Attributes,
    }));
  }

  /** The stack's outputs; `evaluate` has to come first. */
  outputs(): Record<string, unknown> {
    const entries = Object.entries(this.template.output ?? {}).map(
      ([name, { value }]) => [name, this.value(value, `output.${name}`, new Map())] as const,
    );
    return Object.fromEntries(entries);
  }

  /** One AWS provider, with nothing but a region and tags: no alias, no other endpoint, no other account. */
  private readRegion(): string {
    const { aws, ...others } = this.template.provider ?? {};
    const [name] = Object.keys(others);
    if (name !== undefined) throw this.notUnderstood(`the provider ${name}`);
    const provider = single(aws) as Attributes | undefined;
    for (const attribute of Object.keys(provider ?? {})) {
      if (attribute === 'region' || attribute === 'default_tags') continue;
      throw this.notUnderstood(`the provider aws: its attribute "${attribute}"`);
    }
    if (typeof provider?.['region'] === 'string') return provider['region'];
    throw this.notUnderstood('the provider aws: without a region it');
  }

  private addresses(): string[] {
    const list = (blocks: Template['resource'], prefix: string) =>
      Object.entries(blocks ?? {}).flatMap(([type, named]) =>
        Object.keys(named).map((name) => `${prefix}${type}.${name}`),
      );
    return [...list(this.template.data, 'data.'), ...list(this.template.resource, '')];
  }

  /** A resource as it stands in the file, its references not evaluated. */
  configured(address: string): Attributes | undefined {
    const [type = '', name = ''] = address.replace(/^data\./, '').split('.');
    return (address.startsWith('data.') ? this.template.data : this.template.resource)?.[type]?.[name];
  }

  private checkAttributes(address: string): void {
    const type = RESOURCE_TYPES[typeOf(address)];
    if (!type) throw this.notUnderstood(`the resource ${address}: its type`);
    this.checkBlock(address, this.configured(address) ?? {}, type.attributes, META_ARGUMENTS);
  }

  private checkBlock(where: string, block: object, understood: Understood, others: readonly string[] = []): void {
    for (const [attribute, value] of Object.entries(block)) {
      if (others.includes(attribute)) continue;
      const rule = Object.hasOwn(understood, attribute) ? understood[attribute] : undefined;
      if (rule === undefined) throw this.notUnderstood(`the resource ${where}: its attribute "${attribute}"`);
      const inner = single(value);
      if (rule === true || inner === undefined || inner === null) continue;
      if (typeof inner !== 'object') throw this.notUnderstood(`the resource ${where}: its attribute "${attribute}"`);
      this.checkBlock(`${where}.${attribute}`, inner, rule);
    }
  }

  private attributes(address: string, given: ReadonlyMap<string, Attributes>): Attributes {
    const known = this.evaluated.get(address);
    if (known) return known;
    const configured = this.configured(address);
    if (!configured) throw this.notUnderstood(`the reference ${address}: there is no such resource, and so it`);
    if (this.inProgress.has(address)) throw this.notUnderstood(`the resource ${address}: it refers to itself, which`);
    this.inProgress.add(address);
    const own: Record<string, unknown> = {};
    const type = RESOURCE_TYPES[typeOf(address)];
    for (const [attribute, value] of Object.entries(configured)) {
      if (META_ARGUMENTS.includes(attribute)) continue;
      const evaluated = this.value(value, `${address}.${attribute}`, given);
      own[attribute] = type?.attributes[attribute] === true ? evaluated : single(evaluated);
    }
    const id = generatedId(this.name, address);
    const computed = type?.computed?.(
      { ...own, ...given.get(address) },
      { id, region: this.region, account: ACCOUNT_ID },
    );
    this.inProgress.delete(address);
    const all = { ...own, ...computed, ...given.get(address) };
    this.evaluated.set(address, all);
    return all;
  }

  private value(value: unknown, where: string, given: ReadonlyMap<string, Attributes>): unknown {
    if (typeof value === 'string') return this.interpolated(value, where, given);
    if (Array.isArray(value)) return value.map((item, index) => this.value(item, `${where}[${index}]`, given));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, this.value(item, `${where}.${key}`, given)]),
      );
    }
    return value;
  }

  /** A string with `${...}`: references to attributes are all that is understood. */
  private interpolated(text: string, where: string, given: ReadonlyMap<string, Attributes>): unknown {
    const whole = /^\$\{([^{}]*)\}$/.exec(text);
    if (whole) return this.reference(whole[1] ?? '', where, given);
    // `$${` and `%%{` are Terraform's escapes for a literal `${` and `%{`.
    return text.replace(/\$\$\{|%%\{|%\{|\$\{([^{}]*)(\}?)/g, (match, expression: string | undefined, end: string) => {
      if (match === '$${' || match === '%%{') return match.slice(1);
      if (expression === undefined || end !== '}') throw this.notUnderstood(`the expression ${text} in ${where}`);
      const value = this.reference(expression, where, given);
      if (typeof value === 'string' || typeof value === 'number') return String(value);
      throw this.notUnderstood(`the expression \${${expression}} in ${where}: a value that is no text within a text`);
    });
  }

  private reference(expression: string, where: string, given: ReadonlyMap<string, Attributes>): unknown {
    const match = /^((?:data\.)?[a-z]\w*\.[A-Za-z_][\w-]*)\.([a-z]\w*)$/.exec(expression.trim());
    if (!match) throw this.notUnderstood(`the expression \${${expression}} in ${where}`);
    const [, address = '', attribute = ''] = match;
    const attributes = this.attributes(address, given);
    if (!(attribute in attributes)) {
      throw this.notUnderstood(
        `the expression \${${expression}} in ${where}: the attribute "${attribute}" of ${address}`,
      );
    }
    return attributes[attribute];
  }

  private notUnderstood(what: string): DeploymentError {
    return new DeploymentError(
      `Stack ${this.name}: ${what} is not understood by the local run (${path.join(this.folder, 'cdk.tf.json')}).`,
    );
  }
}

function typeOf(address: string): string {
  return address.split('.').slice(0, -1).join('.');
}

/** Ten lower-case letters and digits, as API Gateway makes ids; the same in every run. */
function generatedId(stack: string, address: string): string {
  const hash = createHash('sha256').update(`${stack}/${address}`).digest();
  return BigInt(`0x${hash.toString('hex').slice(0, 16)}`)
    .toString(36)
    .padStart(10, '0')
    .slice(0, 10);
}

/** A block, which Terraform's JSON may have as a list of one. */
function single(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value;
}
