/** A synthesized stack: its cdk.tf.json, read and evaluated. */
import { Evaluation } from './evaluation';
import type { Attributes, Resource } from './resource';
import { Template, typeOf } from './template';

export interface EvaluatedStack {
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

export class TerraformStack {
  private readonly template: Template;

  /**
   * @param folder the stack's folder in the synthesized output
   * @throws DeploymentError for a block, resource type or attribute that the local run does not support
   */
  constructor(
    readonly name: string,
    readonly folder: string,
  ) {
    this.template = new Template(name, folder);
  }

  /** The region of the AWS provider. */
  get region(): string {
    return this.template.region;
  }

  /** Addresses of all resources of a type, in the order of the file. */
  addressesOf(type: string): string[] {
    return this.template.addresses.filter((address) => address.startsWith(`${type}.`));
  }

  /** A resource as written in the file, its references not evaluated. */
  configuration(address: string): Attributes | undefined {
    return this.template.configuration(address);
  }

  /**
   * @param runAttributes attributes that only the run knows, such as endpoints, by the address of the resource
   * @throws DeploymentError for an expression that the local run does not support
   */
  evaluate(runAttributes: ReadonlyMap<string, Attributes>): EvaluatedStack {
    const { template } = this;
    const evaluation = new Evaluation(this.name, template, runAttributes);
    const resources = template.addresses.map((address) => ({
      address,
      type: typeOf(address),
      attributes: evaluation.attributes(address),
      comment: (template.configuration(address)?.['//'] ?? {}) as Attributes,
    }));
    const outputs = [...template.outputs].map(
      ([name, value]) => [name, evaluation.value(value, `output.${name}`)] as const,
    );
    return { resources, outputs: Object.fromEntries(outputs) };
  }
}
