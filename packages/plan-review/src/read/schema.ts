/**
 * The parts of `terraform show -json PLAN` that this package reads, and their JSON Schema.
 * See https://developer.hashicorp.com/terraform/internals/json-format
 */
import Ajv from 'ajv';
import type { Value } from '../model/value';

export interface RawChange {
  readonly actions: readonly string[];
  readonly before?: Value;
  readonly after?: Value;
  readonly after_unknown?: Value;
  readonly before_sensitive?: Value;
  readonly after_sensitive?: Value;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: { readonly id?: string; readonly unknown?: boolean };
}

export interface RawResource {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly deposed?: string;
  readonly change: RawChange;
}

export interface RawPlan {
  readonly format_version: string;
  readonly complete?: boolean;
  readonly errored?: boolean;
  readonly resource_changes?: readonly RawResource[];
  readonly resource_drift?: readonly RawResource[];
  readonly relevant_attributes?: readonly {
    readonly resource: string;
    readonly attribute: readonly (string | number)[];
  }[];
  readonly output_changes?: Readonly<Record<string, RawChange>>;
  readonly configuration?: {
    readonly provider_config?: Readonly<Record<string, { readonly expressions?: Readonly<Record<string, unknown>> }>>;
    readonly root_module?: {
      readonly resources?: readonly {
        readonly address: string;
        readonly expressions?: Readonly<Record<string, unknown>>;
      }[];
    };
  };
}

const change = {
  type: 'object',
  required: ['actions'],
  properties: {
    actions: {
      enum: [
        ['no-op'],
        ['create'],
        ['read'],
        ['update'],
        ['delete', 'create'],
        ['create', 'delete'],
        ['delete'],
        ['forget'],
        ['create', 'forget'],
      ],
    },
    replace_paths: { type: 'array', items: { type: 'array', items: { type: ['string', 'integer'] } } },
    importing: { type: 'object', properties: { id: { type: 'string' } } },
  },
};

const resources = {
  type: 'array',
  items: {
    type: 'object',
    required: ['address', 'mode', 'type', 'change'],
    properties: {
      address: { type: 'string', minLength: 1 },
      previous_address: { type: 'string' },
      mode: { enum: ['managed', 'data'] },
      type: { type: 'string', minLength: 1 },
      deposed: { type: 'string' },
      change,
    },
  },
};

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile<RawPlan>({
  type: 'object',
  required: ['format_version'],
  properties: {
    format_version: { type: 'string' },
    complete: { type: 'boolean' },
    errored: { type: 'boolean' },
    resource_changes: resources,
    resource_drift: resources,
    relevant_attributes: {
      type: 'array',
      items: { type: 'object', required: ['resource', 'attribute'], properties: { attribute: { type: 'array' } } },
    },
    output_changes: { type: 'object', additionalProperties: change },
    configuration: {
      type: 'object',
      properties: {
        provider_config: { type: 'object', additionalProperties: { type: 'object' } },
        root_module: {
          type: 'object',
          properties: {
            resources: {
              type: 'array',
              items: { type: 'object', required: ['address'], properties: { address: { type: 'string' } } },
            },
          },
        },
      },
    },
  },
});

/** Checks JSON against the schema. @returns up to five errors as text; undefined when the JSON matches */
export function schemaErrors(json: unknown): string | undefined {
  if (validate(json)) return undefined;
  const errors = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || 'it'} ${message ?? ''}`);
  return errors.slice(0, 5).join('; ') + (errors.length > 5 ? `; and ${errors.length - 5} more` : '');
}
