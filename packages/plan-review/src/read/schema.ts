/**
 * The JSON Schema of a plan. An unknown field is an error: a newer Terraform may use it for changes that a reviewer must
 * see. The lists follow internal/command/jsonplan and jsonconfig of Terraform 1.14 and OpenTofu 1.13.
 */
import Ajv, { type ErrorObject } from 'ajv';
import { REASONS } from '../model/reasons';
import { ACTION_LISTS } from './actions';
import type { RawPlan } from './raw-plan';

export type * from './raw-plan';

const TEXT = { type: 'string' };
const NAME = { type: 'string', minLength: 1 };
const SWITCH = { type: 'boolean' };
/** A value of a resource, or a part of the plan that this package does not read. */
const ANY = {};

/** Makes the schema of an object without other fields. */
function strict(required: readonly string[], properties: Readonly<Record<string, object>>): object {
  return { type: 'object', required, properties, additionalProperties: false };
}

function mapOf(member: object): object {
  return { type: 'object', additionalProperties: member };
}

function listOf(items: object): object {
  return { type: 'array', items };
}

const change = strict(['actions'], {
  actions: { enum: ACTION_LISTS.map(([actions]) => actions) },
  before: ANY,
  after: ANY,
  after_unknown: ANY,
  before_sensitive: ANY,
  after_sensitive: ANY,
  replace_paths: listOf(listOf({ type: ['string', 'integer'] })),
  // The id is unknown only in a deferred change. Such a plan is refused.
  importing: strict([], { id: TEXT, identity: ANY, unknown: { const: false } }),
  generated_config: TEXT,
  before_identity: ANY,
  after_identity: ANY,
});

const resources = listOf(
  strict(['address', 'mode', 'type', 'change'], {
    address: NAME,
    previous_address: TEXT,
    module_address: TEXT,
    mode: { enum: ['managed', 'data'] },
    type: NAME,
    name: TEXT,
    index: { type: ['string', 'integer'] },
    index_unknown: { const: false },
    provider_name: TEXT,
    deposed: TEXT,
    action_reason: { enum: Object.keys(REASONS) },
    change,
  }),
);

const checkedObject = {
  type: 'object',
  required: ['to_display'],
  properties: { to_display: NAME },
};
const status = { enum: ['pass', 'fail', 'error', 'unknown'] };

const checks = listOf(
  strict(['address', 'status'], {
    '//': ANY,
    address: checkedObject,
    status,
    instances: listOf(
      strict(['address', 'status'], {
        address: checkedObject,
        status,
        problems: listOf(strict(['message'], { message: TEXT })),
      }),
    ),
  }),
);

const invocations = listOf(
  strict(['address', 'type'], {
    address: NAME,
    type: NAME,
    name: TEXT,
    provider_name: TEXT,
    config_values: ANY,
    config_sensitive: ANY,
    config_unknown: ANY,
    lifecycle_action_trigger: ANY,
    invoke_action_trigger: ANY,
    // Terraform's source also has this name.
    invoke_cmd_action_trigger: ANY,
  }),
);

const expressions = { expressions: mapOf(ANY) };
const repetition = { count_expression: ANY, for_each_expression: ANY, depends_on: listOf(TEXT) };

const configuredResource = strict(['address'], {
  address: NAME,
  mode: { enum: ['managed', 'data', 'ephemeral', 'list'] },
  type: NAME,
  name: TEXT,
  provider_config_key: TEXT,
  provisioners: listOf(strict(['type'], { type: NAME, ...expressions })),
  schema_version: ANY,
  ...expressions,
  ...repetition,
});

const moduleCall = strict([], {
  source: TEXT,
  version_constraint: TEXT,
  module: { $ref: '#/definitions/module' },
  ...expressions,
  ...repetition,
});

/** The fields of variables and of outputs. Terraform checks types itself. */
const declared = { sensitive: SWITCH, ephemeral: SWITCH, description: ANY, deprecated: ANY };

const moduleSchema = strict([], {
  resources: listOf(configuredResource),
  module_calls: mapOf(moduleCall),
  variables: mapOf(
    strict([], { ...declared, default: ANY, type: ANY, required: SWITCH, nullable: SWITCH, const: SWITCH }),
  ),
  outputs: mapOf(strict([], { ...declared, expression: ANY, type: ANY, depends_on: ANY, precondition: ANY })),
  // The plan contains the invocations of actions.
  actions: ANY,
});

const configuration = strict([], {
  provider_config: mapOf(
    strict([], {
      name: TEXT,
      full_name: TEXT,
      alias: TEXT,
      version_constraint: TEXT,
      module_address: TEXT,
      ...expressions,
    }),
  ),
  root_module: { $ref: '#/definitions/module' },
});

const plan = strict(['format_version'], {
  format_version: TEXT,
  terraform_version: TEXT,
  timestamp: TEXT,
  applyable: SWITCH,
  complete: SWITCH,
  errored: SWITCH,
  resource_changes: resources,
  resource_drift: resources,
  output_changes: mapOf(change),
  action_invocations: invocations,
  checks,
  relevant_attributes: listOf(
    strict(['resource', 'attribute'], { resource: TEXT, attribute: listOf({ type: ['string', 'integer'] }) }),
  ),
  variables: mapOf(strict([], { value: ANY })),
  configuration,
  prior_state: ANY,
  // Repeats the changes.
  planned_values: ANY,
  deferred_changes: { type: 'array' },
  deferred_action_invocations: { type: 'array' },
});

const validate = new Ajv({ allErrors: true, allowUnionTypes: true, verbose: true }).compile<RawPlan>({
  ...plan,
  definitions: { module: moduleSchema },
});

const MAX_ERRORS = 5;

/** Checks JSON against the schema. @returns up to five errors as text; undefined when the JSON matches */
export function schemaErrors(json: unknown): string | undefined {
  if (validate(json)) return undefined;
  const errors = (validate.errors ?? []).map(errorText);
  const more = errors.length > MAX_ERRORS ? `; and ${errors.length - MAX_ERRORS} more` : '';
  return errors.slice(0, MAX_ERRORS).join('; ') + more;
}

/** Names the unknown field, or the value that is not allowed. */
function errorText({ instancePath, keyword, message = '', params, data }: ErrorObject): string {
  // A name in the path may contain a line end.
  const place = /^[ -~]+$/.test(instancePath) ? instancePath : instancePath && JSON.stringify(instancePath);
  if (keyword === 'additionalProperties') {
    return `${place || 'it'} has the field ${JSON.stringify(params['additionalProperty'])}, which plan-review does not know`;
  }
  const seen = keyword === 'enum' || keyword === 'const' ? `, not ${JSON.stringify(data).slice(0, 80)}` : '';
  return `${place || 'it'} ${message}${seen}`;
}
