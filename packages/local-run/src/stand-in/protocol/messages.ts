/** The messages of Terraform's plugin protocol 5 (terraform/docs/plugin-protocol/tfplugin5.proto), as protobufjs reads them. */
import type { Type } from 'protobufjs/light';

/** The number and the type of each field. The end `[]` of a type means a repeated field, and `{}` a map with string keys. */
type Fields = Readonly<Record<string, readonly [id: number, type: string]>>;

/** The severity of an error in a diagnostic. */
export const ERROR_SEVERITY = 1;

const DIAGNOSTICS = 'Diagnostic[]';

const MESSAGES: Readonly<Record<string, Fields>> = {
  DynamicValue: { msgpack: [1, 'bytes'], json: [2, 'bytes'] },
  Diagnostic: {
    severity: [1, 'int32'],
    summary: [2, 'string'],
    detail: [3, 'string'],
    attribute: [4, 'AttributePath'],
  },
  AttributePath: { steps: [1, 'Step[]'] },
  Step: { attribute_name: [1, 'string'], element_key_string: [2, 'string'], element_key_int: [3, 'int64'] },
  RawState: { json: [1, 'bytes'], flatmap: [2, 'string{}'] },
  Schema: { version: [1, 'int64'], block: [2, 'Block'] },
  Block: { version: [1, 'int64'], attributes: [2, 'Attribute[]'], block_types: [3, 'NestedBlock[]'] },
  Attribute: {
    ...{ name: [1, 'string'], type: [2, 'bytes'], required: [4, 'bool'], optional: [5, 'bool'], computed: [6, 'bool'] },
    ...{ sensitive: [7, 'bool'], write_only: [10, 'bool'] },
  },
  NestedBlock: {
    ...{ type_name: [1, 'string'], block: [2, 'Block'], nesting: [3, 'int32'] },
    ...{ min_items: [4, 'int64'], max_items: [5, 'int64'] },
  },
  ServerCapabilities: {
    ...{ plan_destroy: [1, 'bool'], get_provider_schema_optional: [2, 'bool'], move_resource_state: [3, 'bool'] },
  },
  Function: { parameters: [1, 'Parameter[]'], variadic_parameter: [2, 'Parameter'], return: [3, 'Return'] },
  Parameter: {
    name: [1, 'string'],
    type: [2, 'bytes'],
    allow_null_value: [3, 'bool'],
    allow_unknown_values: [4, 'bool'],
  },
  Return: { type: [1, 'bytes'] },
  FunctionError: { text: [1, 'string'], function_argument: [2, 'int64'] },
  ImportedResource: { type_name: [1, 'string'], state: [2, 'DynamicValue'], private: [3, 'bytes'] },
  Empty: {},
};

/** Requests and responses of each method. */
const METHOD_MESSAGES = {
  GetSchema: {
    request: {},
    response: {
      ...{ provider: [1, 'Schema'], resource_schemas: [2, 'Schema{}'], data_source_schemas: [3, 'Schema{}'] },
      ...{
        diagnostics: [4, DIAGNOSTICS],
        provider_meta: [5, 'Schema'],
        server_capabilities: [6, 'ServerCapabilities'],
      },
      ...{ functions: [7, 'Function{}'], ephemeral_resource_schemas: [8, 'Schema{}'] },
    },
  },
  PrepareProviderConfig: {
    request: { config: [1, 'DynamicValue'] },
    response: { prepared_config: [1, 'DynamicValue'], diagnostics: [2, DIAGNOSTICS] },
  },
  ValidateResourceTypeConfig: {
    request: { type_name: [1, 'string'], config: [2, 'DynamicValue'] },
    response: { diagnostics: [1, DIAGNOSTICS] },
  },
  ValidateDataSourceConfig: {
    request: { type_name: [1, 'string'], config: [2, 'DynamicValue'] },
    response: { diagnostics: [1, DIAGNOSTICS] },
  },
  UpgradeResourceState: {
    request: { type_name: [1, 'string'], version: [2, 'int64'], raw_state: [3, 'RawState'] },
    response: { upgraded_state: [1, 'DynamicValue'], diagnostics: [2, DIAGNOSTICS] },
  },
  Configure: {
    request: { terraform_version: [1, 'string'], config: [2, 'DynamicValue'] },
    response: { diagnostics: [1, DIAGNOSTICS] },
  },
  ReadResource: {
    request: { type_name: [1, 'string'], current_state: [2, 'DynamicValue'], private: [3, 'bytes'] },
    response: { new_state: [1, 'DynamicValue'], diagnostics: [2, DIAGNOSTICS], private: [3, 'bytes'] },
  },
  PlanResourceChange: {
    request: {
      ...{ type_name: [1, 'string'], prior_state: [2, 'DynamicValue'], proposed_new_state: [3, 'DynamicValue'] },
      ...{ config: [4, 'DynamicValue'], prior_private: [5, 'bytes'] },
    },
    response: {
      ...{
        planned_state: [1, 'DynamicValue'],
        requires_replace: [2, 'AttributePath[]'],
        planned_private: [3, 'bytes'],
      },
      ...{ diagnostics: [4, DIAGNOSTICS], legacy_type_system: [5, 'bool'] },
    },
  },
  ApplyResourceChange: {
    request: {
      ...{ type_name: [1, 'string'], prior_state: [2, 'DynamicValue'], planned_state: [3, 'DynamicValue'] },
      ...{ config: [4, 'DynamicValue'], planned_private: [5, 'bytes'] },
    },
    response: {
      ...{ new_state: [1, 'DynamicValue'], private: [2, 'bytes'], diagnostics: [3, DIAGNOSTICS] },
      ...{ legacy_type_system: [4, 'bool'] },
    },
  },
  ImportResourceState: {
    request: { type_name: [1, 'string'], id: [2, 'string'] },
    response: { imported_resources: [1, 'ImportedResource[]'], diagnostics: [2, DIAGNOSTICS] },
  },
  MoveResourceState: {
    request: {
      ...{
        source_provider_address: [1, 'string'],
        source_type_name: [2, 'string'],
        source_schema_version: [3, 'int64'],
      },
      ...{ source_state: [4, 'RawState'], target_type_name: [5, 'string'], source_private: [6, 'bytes'] },
    },
    response: { target_state: [1, 'DynamicValue'], diagnostics: [2, DIAGNOSTICS], target_private: [3, 'bytes'] },
  },
  ReadDataSource: {
    request: { type_name: [1, 'string'], config: [2, 'DynamicValue'] },
    response: { state: [1, 'DynamicValue'], diagnostics: [2, DIAGNOSTICS] },
  },
  ValidateEphemeralResourceConfig: {
    request: { type_name: [1, 'string'], config: [2, 'DynamicValue'] },
    response: { diagnostics: [1, DIAGNOSTICS] },
  },
  OpenEphemeralResource: {
    request: { type_name: [1, 'string'], config: [2, 'DynamicValue'] },
    response: { diagnostics: [1, DIAGNOSTICS], result: [3, 'DynamicValue'], private: [4, 'bytes'] },
  },
  CloseEphemeralResource: {
    request: { type_name: [1, 'string'], private: [2, 'bytes'] },
    response: { diagnostics: [1, DIAGNOSTICS] },
  },
  GetFunctions: {
    request: {},
    response: { functions: [1, 'Function{}'], diagnostics: [2, DIAGNOSTICS] },
  },
  CallFunction: {
    request: { name: [1, 'string'], arguments: [2, 'DynamicValue[]'] },
    response: { result: [1, 'DynamicValue'], error: [2, 'FunctionError'] },
  },
  Stop: { request: {}, response: { Error: [1, 'string'] } },
} satisfies Readonly<Record<string, { readonly request: Fields; readonly response: Fields }>>;

export type MethodName = keyof typeof METHOD_MESSAGES;

export const METHOD_NAMES = Object.keys(METHOD_MESSAGES) as readonly MethodName[];

export interface MethodTypes {
  readonly request: Type;
  readonly response: Type;
}

/** @returns the compiled messages of each method */
export async function compileMessages(): Promise<ReadonlyMap<MethodName, MethodTypes>> {
  // Node.js finds no named exports in this CommonJS file.
  const {
    default: { Root },
  } = await import('protobufjs/light.js');
  const messages: Record<string, Fields> = { ...MESSAGES };
  for (const [name, { request, response }] of Object.entries(METHOD_MESSAGES)) {
    messages[`${name}Request`] = request;
    messages[`${name}Response`] = response;
  }
  const root = new Root();
  root.addJSON(
    Object.fromEntries(Object.entries(messages).map(([name, fields]) => [name, { fields: descriptors(fields) }])),
  );
  return new Map(
    METHOD_NAMES.map((name) => [
      name,
      { request: root.lookupType(`${name}Request`), response: root.lookupType(`${name}Response`) },
    ]),
  );
}

function descriptors(fields: Fields) {
  return Object.fromEntries(Object.entries(fields).map(([name, [id, type]]) => [name, descriptor(id, type)]));
}

function descriptor(id: number, type: string) {
  if (type.endsWith('[]')) return { id, type: type.slice(0, -2), rule: 'repeated' };
  if (type.endsWith('{}')) return { id, type: type.slice(0, -2), keyType: 'string' };
  return { id, type };
}
