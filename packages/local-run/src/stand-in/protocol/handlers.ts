/** Answers the calls of Terraform to one provider. */
import { adopt, applyChange, planCreation, planUpdate } from '../provider/change';
import { completeValues } from '../provider/computed';
import { withDefaults } from '../provider/defaults';
import { ValueGenerator } from '../provider/value-generator';
import { decodePrivate, encodePrivate } from '../provider/private-state';
import type { Provider, Values } from '../provider/provider';
import { DEFAULT_SETTINGS } from '../provider/settings';
import { StandInError } from '../provider/stand-in-error';
import { validate } from '../provider/validate';
import type { Connection } from '../provider/connection';
import type { Block, Schema, Schemas } from '../schema/schema';
import { ERROR_SEVERITY, type MethodName } from './messages';
import { toMessage, toMessages } from './schema-message';
import { containsUnknown, decodeObject, decodeValue, type DynamicValue, encodeObject, encodeValue } from './values';

/** The fields of a request. Each method has some of them. */
export interface Request {
  readonly type_name: string;
  readonly config: DynamicValue;
  readonly prior_state: DynamicValue;
  readonly proposed_new_state: DynamicValue;
  readonly planned_state: DynamicValue;
  readonly current_state: DynamicValue;
  readonly raw_state: { readonly json: Uint8Array };
  readonly source_state: { readonly json: Uint8Array };
  readonly target_type_name: string;
  readonly source_private: Uint8Array;
  readonly private: Uint8Array;
  readonly prior_private: Uint8Array;
  readonly planned_private: Uint8Array;
  readonly id: string;
  readonly name: string;
  readonly arguments: readonly DynamicValue[];
}

export type Handler = (request: Request, connection: Connection) => object | Promise<object>;

export type Handlers = Readonly<Record<MethodName, Handler>>;

/** Modules of the registry write `provider_meta "aws"` blocks with this attribute. */
const PROVIDER_META: Schema = {
  version: 0,
  block: { attributes: { user_agent: { type: ['list', 'string'], optional: true } }, blocks: {} },
};

const accept = () => ({});

/** @returns the method's handlers; Terraform takes a missing method for an older provider */
export function handlersOf(provider: Provider): Handlers {
  const { schemas } = provider;
  const resourceBlock = (type: string) => blockOf(schemas.resources, type);
  const functions = Object.fromEntries(
    Object.entries(provider.functions ?? {}).map(([name, { parameters, returns }]) => [
      name,
      {
        parameters: parameters.map((parameter) => ({ name: parameter.name, type: json(parameter.type) })),
        return: { type: json(returns) },
      },
    ]),
  );

  return {
    GetSchema: () => ({
      ...toMessages(schemas),
      provider_meta: toMessage(PROVIDER_META),
      functions,
      server_capabilities: { get_provider_schema_optional: true, move_resource_state: true },
    }),
    PrepareProviderConfig: ({ config }) => ({ prepared_config: config }),
    ValidateResourceTypeConfig: ({ type_name: type, config }) => {
      const validator = provider.validators?.[type];
      const block = resourceBlock(type);
      const values = decodeObject(config, block);
      const faults = validator && values ? validate(validator, values, block) : [];
      return {
        diagnostics: faults.map(({ summary, steps }) => ({ severity: ERROR_SEVERITY, summary, attribute: { steps } })),
      };
    },
    ValidateDataSourceConfig: accept,
    ValidateEphemeralResourceConfig: accept,
    CloseEphemeralResource: accept,
    Stop: accept,

    Configure: ({ config }, connection) => {
      const values = decodeObject(config, schemas.provider.block) ?? {};
      connection.begin(provider.configure?.(known(values)) ?? DEFAULT_SETTINGS);
      return {};
    },

    UpgradeResourceState: ({ type_name: type, raw_state: { json: text } }) => {
      const block = resourceBlock(type);
      return { upgraded_state: encodeObject(decodeObject({ json: text }, block), block) };
    },
    ReadResource: (request) => ({ new_state: request.current_state, private: request.private }),

    PlanResourceChange: (request, connection) => {
      const { type_name: type } = request;
      const block = resourceBlock(type);
      const proposed = decodeObject(request.proposed_new_state, block);
      if (proposed === null)
        return { planned_state: request.proposed_new_state, planned_private: request.prior_private };
      connection.countResource();
      const change = { type, block, provider, connection, config: decodeObject(request.config, block) ?? {} };
      const prior = decodeObject(request.prior_state, block);
      const planned =
        prior === null
          ? planCreation(change, proposed)
          : planUpdate(change, prior, proposed, decodePrivate(request.prior_private));
      return {
        planned_state: encodeObject(planned.values, block),
        requires_replace: planned.replacedBy.map((name) => ({ steps: [{ attribute_name: name }] })),
        ...(planned.privateState && { planned_private: encodePrivate(planned.privateState) }),
        legacy_type_system: true,
      };
    },

    ApplyResourceChange: (request, connection) => {
      const { type_name: type } = request;
      const block = resourceBlock(type);
      const planned = decodeObject(request.planned_state, block);
      if (planned === null) return { new_state: request.planned_state };
      const change = { type, block, provider, connection, config: decodeObject(request.config, block) ?? {} };
      const [values, state] = applyChange(change, planned, decodePrivate(request.planned_private));
      return { new_state: encodeObject(values, block), private: encodePrivate(state), legacy_type_system: true };
    },

    ImportResourceState: ({ type_name: type, id }) => ({
      imported_resources: [
        { type_name: type, state: encodeObject({ id }, resourceBlock(type)), private: encodePrivate(adopt({ id })) },
      ],
    }),

    MoveResourceState: ({ target_type_name: type, source_state: { json: text }, source_private }) => {
      const block = resourceBlock(type);
      return { target_state: encodeObject(decodeObject({ json: text }, block), block), target_private: source_private };
    },

    ReadDataSource: async ({ type_name: type, config }, connection) => {
      const block = blockOf(schemas.dataSources, type);
      connection.countDataSource();
      return {
        state: encodeObject(
          await readData(provider, type, decodeObject(config, block) ?? {}, block, connection),
          block,
        ),
      };
    },
    OpenEphemeralResource: async ({ type_name: type, config }, connection) => {
      const block = blockOf(schemas.ephemeralResources, type);
      return {
        result: encodeObject(
          await readData(provider, type, decodeObject(config, block) ?? {}, block, connection),
          block,
        ),
      };
    },

    GetFunctions: () => ({ functions }),
    CallFunction: ({ name, arguments: parameters }) => {
      const called = provider.functions?.[name];
      if (called === undefined) return { error: { text: `The stand-in provider has no function "${name}".` } };
      return { result: encodeValue(called.call(...parameters.map(decodeValue))) };
    },
  };
}

async function readData(
  provider: Provider,
  type: string,
  config: Values,
  block: Block,
  connection: Connection,
): Promise<Values> {
  const generator = new ValueGenerator(type, JSON.stringify([type, config]), connection.settings);
  const values = withDefaults(config, block);
  const computed = (await provider.dataSources[type]?.(values, generator)) ?? {};
  return completeValues(provider, values, { id: generator.id, ...computed }, block, generator);
}

function blockOf(schemas: Schemas, type: string): Block {
  const schema = schemas.get(type);
  if (schema === undefined) throw new StandInError('Unknown type', `The stand-in provider has no schema of "${type}".`);
  return schema.block;
}

/** Removes unknown values: while planning, a provider block may refer to resources. */
function known(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !containsUnknown(value)));
}

function json(type: unknown): Buffer {
  return Buffer.from(JSON.stringify(type));
}
