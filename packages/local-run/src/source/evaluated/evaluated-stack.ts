/** A stack that Terraform evaluated: the resources of its state, with the URLs of this run. */
import type { MadeUpValue } from '../../model/deployment';
import { Dependencies, linkNodes, unsupportedReference } from '../terraform-json/dependencies';
import { inertNotes } from '../terraform-json/inert-notes';
import { kindsOf } from '../terraform-json/inert-types';
import type { Node } from '../terraform-json/node';
import type { EvaluatedConfiguration, EvaluatedResource } from '../terraform/evaluated-resource';
import type { Endpoints, Stack, StackEvaluation } from '../stack';
import { fileFinder, nodeOf } from './evaluated-nodes';
import { localUrls } from './local-urls';
import { madeUpValues } from './made-up-data';
import { isEvaluatedType } from './provider-types';
import { addReferences } from './references';

export class EvaluatedStack implements Stack {
  private readonly resources: ReadonlyMap<string, EvaluatedResource>;

  /**
   * @param folder the folder of the configuration. Relative paths are relative to it
   */
  constructor(
    readonly name: string,
    readonly folder: string,
    private readonly configuration: EvaluatedConfiguration,
  ) {
    const relevant = configuration.resources.filter(({ type }) => !isEvaluatedType(type));
    this.resources = new Map(relevant.map((resource) => [resource.address, resource]));
  }

  /** Addresses of all resources of a type in all modules. */
  addressesOf(type: string): string[] {
    return [...this.resources.values()]
      .filter((resource) => resource.mode === 'managed' && resource.type === type)
      .map(({ address }) => address);
  }

  evaluate(endpoints: Endpoints): StackEvaluation {
    const { outputs, sensitiveOutputs = [], region, files } = this.configuration;
    const replaceUrls = localUrls([...this.resources.values()], endpoints);
    const options = { replaceUrls, fileAt: fileFinder(this.folder, files) };
    const nodes = [...this.resources.values()].flatMap((resource) => nodeOf(resource, options) ?? []);
    linkNodes(nodes, (alias, lambda) => this.versionFaults(alias, lambda));
    // Without a cause, only a refusal needs the references.
    const addReferencesOnce = once(() => addReferences(nodes, this.resources));
    if (nodes.some(({ causes: found }) => found.length > 0)) addReferencesOnce();
    const dependencies = new Dependencies(nodes);
    const causes = dependencies.allCauses();
    const deciding = new Set(causes.map(({ address }) => address));
    const inert = nodes.filter(
      ({ address, type, isSimulated }) => !isSimulated && !type.startsWith('data.') && !deciding.has(address),
    );
    return {
      resources: nodes
        .filter(({ isSimulated }) => isSimulated)
        .map(({ address, type, attributes, configured }) => ({
          ...{ address, type, attributes, configured, comment: {} },
          causes: dependencies.causesOf(address),
        })),
      outputs: replaceUrls(outputs) as StackEvaluation['outputs'],
      sensitiveOutputs,
      madeUp: this.madeUp(nodes),
      region,
      inert: [
        ...kindsOf(inert.map(({ type }) => type)),
        ...inertNotes(nodes, (address) => this.resources.get(address)?.configured),
      ],
      causes,
      dependenciesOf: (address) => {
        addReferencesOnce();
        return dependencies.reachableFrom([address]);
      },
    };
  }

  private madeUp(nodes: readonly Node[]): readonly MadeUpValue[] {
    const users = nodes.flatMap(({ address, isSimulated }) => (isSimulated ? (this.resources.get(address) ?? []) : []));
    return madeUpValues(
      users,
      [...this.resources.values()].filter(({ mode }) => mode === 'data'),
    );
  }

  /** A run has one version of the code. An alias can lead to it, or to `$LATEST`. */
  private versionFaults({ address, attributes }: Node, lambda: string) {
    const { function_version: version } = attributes;
    const current = this.resources.get(lambda)?.values['version'];
    if (version === '$LATEST' || version === current) return [];
    return [unsupportedReference(address, 'function_version', version, `${String(current)}, $LATEST`)];
  }
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}
