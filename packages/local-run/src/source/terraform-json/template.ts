/** Reads a stack's cdk.tf.json. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DeploymentError } from '../../model/deployment-error';
import { toList } from '../../services/to-list';
import type { Attributes } from './resource';

type ResourceBlocks = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

interface Content {
  readonly resource?: ResourceBlocks;
  readonly data?: ResourceBlocks;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly locals?: unknown;
  readonly variable?: Readonly<Record<string, Attributes>>;
  readonly module?: object;
  readonly check?: object;
}

export class Template {
  /** Addresses of all resources and data sources, in the order of the file. */
  readonly addresses: readonly string[];
  /** The region of the default AWS provider, before its evaluation. Undefined: Terraform takes it from its environment. */
  readonly region: unknown;
  private readonly content: Content;
  private readonly file: string;

  /** @throws DeploymentError when the file cannot be read */
  constructor(
    private readonly stack: string,
    folder: string,
  ) {
    this.file = path.join(folder, 'cdk.tf.json');
    this.content = this.read();
    this.addresses = [...addressesOf(this.content.data, 'data.'), ...addressesOf(this.content.resource, '')];
    this.region = toBlocks(this.content.provider?.['aws']).find((provider) => provider['alias'] === undefined)?.[
      'region'
    ];
  }

  get outputs(): ReadonlyMap<string, unknown> {
    return new Map(Object.entries(this.content.output ?? {}).map(([name, { value }]) => [name, value]));
  }

  /** `check` or `module` for each of these blocks. */
  get otherBlocks(): string[] {
    return (['check', 'module'] as const).flatMap((block) => Object.keys(this.content[block] ?? {}).map(() => block));
  }

  /** A resource as written in the file, its references not evaluated. */
  configuration(address: string): Attributes | undefined {
    const [type = '', name = ''] = address.replace(/^data\./, '').split('.');
    const configuration = (address.startsWith('data.') ? this.content.data : this.content.resource)?.[type]?.[name];
    return toBlocks(configuration)[0];
  }

  /** The value of a local, before its evaluation, or the default of a variable. @param name `local.prefix` or `var.prefix` */
  named(name: string): { readonly value: unknown } | undefined {
    const [kind, key = ''] = name.split('.');
    const all: Attributes =
      kind === 'local'
        ? Object.fromEntries(toBlocks(this.content.locals).flatMap(Object.entries))
        : (this.content.variable ?? {});
    if (!Object.hasOwn(all, key)) return undefined;
    const found = all[key];
    return { value: kind === 'local' ? found : toBlocks(found)[0]?.['default'] };
  }

  /** @param problem `the resource aws_sqs_queue.queue refers to itself` */
  refused(problem: string): DeploymentError {
    return new DeploymentError(`Stack ${this.stack}: ${problem} (${this.file}). Terraform refuses this.`);
  }

  private read(): Content {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8')) as Content;
    } catch (error) {
      throw new DeploymentError(`Stack ${this.stack}: ${this.file} cannot be read: ${(error as Error).message}.`);
    }
  }
}

export function typeOf(address: string): string {
  return address.split('.').slice(0, -1).join('.');
}

/** Terraform's JSON writes a block as an object, or as a list of objects. */
function toBlocks(value: unknown): readonly Attributes[] {
  return toList(value) as readonly Attributes[];
}

function addressesOf(blocks: ResourceBlocks | undefined, prefix: string): string[] {
  return Object.entries(blocks ?? {}).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${prefix}${type}.${name}`),
  );
}
