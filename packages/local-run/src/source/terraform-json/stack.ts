/** A synthesized stack: its cdk.tf.json, read and evaluated. */
import type { NotSimulated } from '../../model/not-simulated';
import type { Stack, StackEvaluation } from '../stack';
import { Dependencies, linkNodes, unsupportedReference } from './dependencies';
import { Evaluation } from './evaluation';
import { inertNotes } from './inert-notes';
import { kindsOf } from './inert-types';
import { newNode, type Node } from './node';
import type { Attributes } from './resource';
import { Template, typeOf } from './template';
import { isUnknown } from './unknown';

export class TerraformStack implements Stack {
  private readonly template: Template;

  /**
   * @param folder the stack's folder in the synthesized output
   * @throws DeploymentError when cdk.tf.json cannot be read
   */
  constructor(
    readonly name: string,
    readonly folder: string,
  ) {
    this.template = new Template(name, folder);
  }

  /** Addresses of all resources of a type, in the order of the file. */
  addressesOf(type: string): string[] {
    return this.template.addresses.filter((address) => address.startsWith(`${type}.`));
  }

  /**
   * @param endpoints the URLs of the APIs in this run, by address
   * @throws DeploymentError for a reference that Terraform refuses
   */
  evaluate(endpoints: ReadonlyMap<string, string>): StackEvaluation {
    const { template } = this;
    const evaluation = new Evaluation(this.name, template, endpoints);
    const nodes = template.addresses.map((address) => evaluation.node(address));
    linkNodes(nodes, (alias, lambda) => versionFaults(alias, lambda, template));
    const dependencies = new Dependencies([...nodes, evaluation.provider]);
    const causes = dependencies.allCauses();
    const resources = nodes
      .filter(({ isSimulated }) => isSimulated)
      .map(({ address, attributes, configured }) => ({
        address,
        type: typeOf(address),
        attributes,
        configured,
        comment: (template.configuration(address)?.['//'] ?? {}) as Attributes,
        causes: dependencies.causesOf(address),
      }));
    const outputs = [...template.outputs].map(
      ([name, value]) => [name, evaluation.value(value, 'value', newNode(`output.${name}`, 'output', true))] as const,
    );
    const deciding = new Set(causes.map(({ address }) => address));
    const inert = nodes
      .filter(({ address, isSimulated }) => !isSimulated && !address.startsWith('data.') && !deciding.has(address))
      .map(({ address }) => typeOf(address));
    return {
      resources,
      outputs: Object.fromEntries(outputs.filter(([, value]) => !isUnknown(value))),
      region: evaluation.region,
      inert: [
        ...kindsOf([...inert, ...template.otherBlocks]),
        ...inertNotes(nodes, (address) => template.configuration(address)),
      ],
      causes,
      dependenciesOf: (address) => dependencies.reachableFrom([address]),
    };
  }
}

/** An alias must refer to the version of its function: a number such as 1 is the first version on AWS, which has other code. */
function versionFaults({ address }: Node, lambda: string, template: Template): NotSimulated[] {
  const version = resolveNames(template.configuration(address)?.['function_version'], template);
  const supported = [`\${${lambda}.version}`, '$LATEST'];
  if (supported.includes(String(version))) return [];
  return [unsupportedReference(address, 'function_version', version, supported.join(', '))];
}

/** Follows a value that consists of a local or a variable to the value of the local or variable. */
function resolveNames(value: unknown, template: Template): unknown {
  const [, name] = /^\$\{\s*((?:local|var)\.[\w-]+)\s*\}$/.exec(String(value)) ?? [];
  return name === undefined ? value : resolveNames(template.named(name)?.value, template);
}
