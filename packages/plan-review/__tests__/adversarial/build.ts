/** Builds the JSON of plans for attacks: an ordinary change, and the parts that an attack adds. */

/** The account of the state, and an account that has nothing to do with it. */
export const OWN = '123456789012';
export const OTHER = '444455556666';
export const TABLE = `arn:aws:dynamodb:eu-central-1:${OWN}:table/timetable`;

export interface Attack {
  /** What the plan tries to hide. */
  readonly hides: string;
  /** The plan that people reviewed: the same plan without the attack. */
  readonly reviewed: string;
  readonly plan: string;
  /** Matches the line of a warning. The reviewed plan has no such line. */
  readonly warns?: RegExp;
  /** Matches the summary. */
  readonly shows?: RegExp;
  /** Matches the error of the reader. */
  readonly refused?: RegExp;
  /** Texts that no output may contain, not even a part of them. */
  readonly secrets?: readonly string[];
}

export type Attributes = Readonly<Record<string, unknown>>;

/** A member of `resource_changes`, with the expressions of its configuration. */
export interface Resource extends Attributes {
  readonly address: string;
  readonly expressions: Attributes;
}

/**
 * A change of a resource. A null `before` creates it, and a null `after` deletes it.
 * @param change more fields of the change, such as `actions` or `before_sensitive`
 * @param more more fields of the resource, such as `deposed`
 */
export function resource(
  address: string,
  before: Attributes | null,
  after: Attributes | null,
  change: Attributes = {},
  { expressions = {}, ...more }: Attributes = {},
): Resource {
  const [, module, type = '', name = ''] = /^(module\.\w+\.)?(?:data\.)?([\w-]+)\.([^[]+)/.exec(address) ?? [];
  return {
    address,
    ...(module !== undefined && { module_address: module.slice(0, -1) }),
    mode: 'managed',
    type,
    name,
    provider_name: type.startsWith('aws_') ? 'registry.terraform.io/hashicorp/aws' : 'terraform.io/builtin/terraform',
    ...more,
    change: {
      actions: before === null ? ['create'] : after === null ? ['delete'] : ['update'],
      before,
      after,
      after_unknown: {},
      before_sensitive: before === null ? false : {},
      after_sensitive: after === null ? false : {},
      ...change,
    },
    expressions: expressions as Attributes,
  };
}

const QUEUE = { name: 'bookings', arn: `arn:aws:sqs:eu-central-1:${OWN}:bookings`, visibility_timeout_seconds: 30 };
/** The ordinary change that every plan has. */
export const BYSTANDER = resource('aws_sqs_queue.bookings', QUEUE, { ...QUEUE, visibility_timeout_seconds: 60 });

export interface PlanParts extends Attributes {
  readonly resources?: readonly Resource[];
  /** Replaces the settings of the provider `aws`. */
  readonly provider?: Attributes;
  /** More provider configurations, by key. */
  readonly providers?: Attributes;
  /** More fields of the root module's configuration. */
  readonly root?: Attributes;
}

const REGION = { region: { constant_value: 'eu-central-1' } };

/** Makes the JSON of a plan. Parts that `PlanParts` does not name become fields of the plan. */
export function planOf({
  resources = [],
  provider = REGION,
  providers = {},
  root = {},
  ...more
}: PlanParts = {}): string {
  const all = [BYSTANDER, ...resources];
  const configured = all.map(({ address, mode, type, name, expressions }) => ({
    ...{ address: configuredAddress(address), mode, type, name, expressions },
    ...{ provider_config_key: String(type).startsWith('aws_') ? 'aws' : 'terraform', schema_version: 0 },
  }));
  const inRoot = configured.filter((_, index) => !all[index]?.address.startsWith('module.'));
  const inModule = configured.filter((_, index) => all[index]?.address.startsWith('module.'));
  const harbour = { harbour: { source: './harbour', module: { resources: inModule } } };
  return JSON.stringify({
    ...{ format_version: '1.2', terraform_version: '1.11.4', timestamp: '2026-11-29T02:48:18Z' },
    ...{ applyable: true, complete: true, errored: false },
    resource_changes: all.map(asJson),
    prior_state: { format_version: '1.0', values: { root_module: { resources: [inState(BYSTANDER.address, QUEUE)] } } },
    configuration: {
      provider_config: {
        aws: { name: 'aws', full_name: 'registry.terraform.io/hashicorp/aws', expressions: provider },
        ...providers,
      },
      root_module: { resources: inRoot, ...(inModule.length > 0 && { module_calls: harbour }), ...root },
    },
    ...more,
  });
}

/** The resource as a member of `resource_changes` or `resource_drift`. */
export function asJson(resourceWithExpressions: Resource): Attributes {
  const { expressions: _, ...json } = resourceWithExpressions;
  return json;
}

function inState(address: string, values: Attributes) {
  const [type, name] = address.split('.');
  const provider = { provider_name: 'registry.terraform.io/hashicorp/aws', schema_version: 0 };
  return { address, mode: 'managed', type, name, ...provider, values, sensitive_values: {} };
}

function configuredAddress(address: string): string {
  return address.replace(/^module\.\w+\./, '').replace(/\[.*$/s, '');
}

/** What must be seen: a warning, a text, or a refusal. */
export type Seen = Pick<Attack, 'warns' | 'shows' | 'refused' | 'secrets'>;

/** An attack by one change of a resource: people reviewed a change to `harmless`, the plan changes it to `after`. */
export function change(
  hides: string,
  address: string,
  before: Attributes,
  harmless: Attributes,
  after: Attributes,
  seen: Seen,
): Attack {
  return {
    hides,
    reviewed: planOf({ resources: [resource(address, before, { ...before, ...harmless })] }),
    plan: planOf({ resources: [resource(address, before, { ...before, ...after })] }),
    ...seen,
  };
}

/** The attributes of a resource before an attack, and the attributes that the attack changes. */
export type ChangeRow = readonly [hides: string, type: string, before: Attributes, after: Attributes, warns: RegExp];

/** An attack by one change of a resource. People reviewed a change of its tags. */
export function changeOf([hides, type, before, after, warns]: ChangeRow): Attack {
  return change(hides, `${type}.a`, before, { tags: { shift: 'night' } }, after, { warns });
}

export type CreateRow = readonly [hides: string, type: string, after: Attributes, warns: RegExp];

/** An attack by one more resource. */
export function creationOf([hides, type, after, warns]: CreateRow): Attack {
  return more(`${hides}, new`, [resource(`${type}.a`, null, after)], { warns });
}

/** An attack by more resources than people reviewed. */
export function more(hides: string, resources: readonly Resource[], seen: Seen): Attack {
  return { hides, reviewed: planOf(), plan: planOf({ resources }), ...seen };
}

export type Statement = Attributes;

export const allow = (parts: Attributes = {}): Statement => ({
  ...{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: TABLE },
  ...parts,
});

export const document = (...statements: readonly Statement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** An action that the apply invokes. */
export const invocation = (more: Attributes = {}): Attributes => ({
  ...{ address: 'action.aws_lambda_invoke.empty', type: 'aws_lambda_invoke', name: 'empty' },
  provider_name: 'registry.terraform.io/hashicorp/aws',
  ...{
    config_values: { function_name: 'empty-all', payload: '{"really":true}' },
    config_sensitive: {},
    config_unknown: {},
  },
  ...more,
});
/** The trigger of an action that runs after the change of the queue. */
export const afterUpdate = {
  lifecycle_action_trigger: {
    ...{ triggering_resource_address: 'aws_sqs_queue.bookings', action_trigger_event: 'AfterUpdate' },
    ...{ action_trigger_block_index: 0, actions_list_index: 0 },
  },
};

/** The change of an output. */
export const output = (change: Attributes) => ({
  after_unknown: false,
  before_sensitive: false,
  after_sensitive: false,
  ...change,
});
