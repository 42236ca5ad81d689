/** Reads Terraform's state file, version 4, which contains the evaluated resources and outputs. */
import { readFileSync } from 'node:fs';
import { configuredAttributes } from '../../stand-in/stand-in';
import type { Attributes } from '../terraform-json/resource';
import type { EvaluatedConfiguration, EvaluatedResource } from './evaluated-resource';

interface State {
  readonly outputs?: Readonly<Record<string, { readonly value: unknown; readonly sensitive?: boolean }>>;
  readonly resources?: readonly StateResource[];
}

interface StateResource {
  /** The address of the module instance. Absent: the root module. */
  readonly module?: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly instances: readonly StateInstance[];
}

interface StateInstance {
  /** Absent: the resource has neither `count` nor `for_each`. */
  readonly index_key?: number | string;
  readonly attributes: Attributes;
  /** Bytes of the provider, in base64. The stand-in provider stores the configured attributes. */
  readonly private?: string;
  readonly dependencies?: readonly string[];
}

/** @param file the state file of the root module */
export function readState(file: string): Pick<EvaluatedConfiguration, 'resources' | 'outputs' | 'sensitiveOutputs'> {
  const { outputs = {}, resources = [] } = JSON.parse(readFileSync(file, 'utf8')) as State;
  return {
    resources: resources.flatMap((resource) => resource.instances.map((instance) => readInstance(resource, instance))),
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value])),
    sensitiveOutputs: Object.keys(outputs).filter((name) => outputs[name]?.sensitive === true),
  };
}

function readInstance(resource: StateResource, instance: StateInstance): EvaluatedResource {
  const { mode, type } = resource;
  const values = withoutNulls(instance.attributes);
  return {
    address: addressOf(resource, instance),
    type,
    mode,
    // Terraform stores no bytes of a provider for data sources.
    configured: instance.private === undefined ? values : configuredAttributes(instance.private),
    values,
    dependencies: instance.dependencies ?? [],
  };
}

function addressOf({ module, mode, type, name }: StateResource, { index_key: key }: StateInstance): string {
  const index = key === undefined ? '' : `[${JSON.stringify(key)}]`;
  return `${module === undefined ? '' : `${module}.`}${mode === 'data' ? 'data.' : ''}${type}.${name}${index}`;
}

function withoutNulls(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
}
