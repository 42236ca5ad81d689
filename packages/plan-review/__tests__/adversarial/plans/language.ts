/** Parts of Terraform's plan language that a reader of plans can overlook. */
import {
  afterUpdate,
  asJson,
  type Attack,
  type Attributes,
  BYSTANDER,
  invocation,
  more,
  output,
  planOf,
  resource,
} from '../build';

const TABLE = { name: 'a', hash_key: 'id' };
const NO_OP = { actions: ['no-op'] };

/** The reasons of Terraform 1.14 for replacements, deletions and reads, with a word that the summary says. */
const REASONS: readonly (readonly [reason: string, shows: RegExp])[] = [
  ['replace_because_tainted', /taint/],
  ['replace_by_request', /request/],
  ['replace_by_triggers', /trigger|follow/],
  ['replace_because_cannot_update', /cannot|forced/],
];

const DELETIONS = ['no_resource_config', 'wrong_repetition', 'count_index', 'each_key', 'no_module', 'no_move_target'];

const reasons = [
  ...REASONS.map(([reason, shows]): Attack => ({
    hides: `the reason ${reason}`,
    reviewed: planOf({ resources: [replaced({})] }),
    plan: planOf({ resources: [replaced({ action_reason: reason })] }),
    shows,
  })),
  ...DELETIONS.map((reason): Attack => {
    const deleted = (fields: Attributes) => planOf({ resources: [resource('aws_thing.a', TABLE, null, {}, fields)] });
    return {
      hides: `the reason delete_because_${reason}`,
      ...{ reviewed: deleted({}), plan: deleted({ action_reason: `delete_because_${reason}` }) },
      shows: /aws_thing\.a/,
    };
  }),
];

function replaced(fields: Attributes) {
  return resource('aws_thing.a', TABLE, { ...TABLE }, { actions: ['delete', 'create'] }, fields);
}

const queue = (change: Attributes = {}, fields: Attributes = {}) =>
  resource('aws_thing.a', { a: 1 }, { a: 2 }, change, fields);
const drifted = (before: Attributes | null, after: Attributes | null) =>
  asJson(resource('aws_sqs_queue.gate', before, after));

export const language: readonly Attack[] = [
  ...reasons,
  {
    hides: 'outputs alone',
    reviewed: planOf({ resource_changes: [] }),
    plan: planOf({
      resource_changes: [],
      output_changes: {
        url: output({ actions: ['update'], before: 'https://a.example', after: 'https://evil.example' }),
      },
    }),
    shows: /evil\.example/,
  },
  {
    hides: 'an output that is deleted',
    reviewed: planOf({ resource_changes: [] }),
    plan: planOf({
      resource_changes: [],
      output_changes: { url: output({ actions: ['delete'], before: 'https://a.example', after: null }) },
    }),
    shows: /url/,
  },
  {
    hides: 'a refresh that drops a resource from the state',
    reviewed: planOf({ resource_changes: [] }),
    plan: planOf({ resource_changes: [], resource_drift: [drifted({ name: 'gate' }, null)] }),
    shows: /aws_sqs_queue\.gate/,
  },
  {
    hides: 'a refresh with another value',
    reviewed: planOf({ resource_changes: [], resource_drift: [drifted({ delay: 1 }, { delay: 2 })] }),
    plan: planOf({ resource_changes: [], resource_drift: [drifted({ delay: 1 }, { delay: 900 })] }),
    shows: /900/,
  },
  {
    hides: 'a replacement that leaves the old table behind',
    reviewed: planOf({
      resources: [
        resource('aws_dynamodb_table.a', TABLE, { ...TABLE, hash_key: 'pk' }, { actions: ['create', 'delete'] }),
      ],
    }),
    plan: planOf({
      resources: [
        resource('aws_dynamodb_table.a', TABLE, { ...TABLE, hash_key: 'pk' }, { actions: ['create', 'forget'] }),
      ],
    }),
    shows: /state/,
  },
  more('a table that leaves the state', [resource('aws_dynamodb_table.a', TABLE, null, { actions: ['forget'] })], {
    shows: /forget|state only/,
  }),
  more('a deposed object', [resource('aws_thing.a', TABLE, null, {}, { deposed: '1a2b3c4d' })], {
    shows: /deposed 1a2b3c4d/,
  }),
  more('a move', [resource('aws_thing.a', TABLE, TABLE, NO_OP, { previous_address: 'aws_thing.b' })], {
    shows: /aws_thing\.b/,
  }),
  more('an import', [resource('aws_thing.a', TABLE, TABLE, { ...NO_OP, importing: { id: 'from-another-place' } })], {
    shows: /from-another-place/,
  }),
  {
    hides: 'an import by another identity',
    reviewed: planOf({
      resources: [
        resource('aws_thing.a', TABLE, TABLE, {
          ...NO_OP,
          importing: { identity: { account_id: '111122223333', name: 'a' } },
        }),
      ],
    }),
    plan: planOf({
      resources: [
        resource('aws_thing.a', TABLE, TABLE, {
          ...NO_OP,
          importing: { identity: { account_id: '444455556666', name: 'a' } },
        }),
      ],
    }),
    shows: /444455556666/,
  },
  {
    hides: 'an identity that changes',
    reviewed: planOf({
      resources: [
        queue({ before_identity: { account_id: '111122223333' }, after_identity: { account_id: '111122223333' } }),
      ],
    }),
    plan: planOf({
      resources: [
        queue({ before_identity: { account_id: '111122223333' }, after_identity: { account_id: '444455556666' } }),
      ],
    }),
    shows: /444455556666/,
  },
  {
    hides: 'another order of a replacement',
    reviewed: planOf({ resources: [queue({ actions: ['create', 'delete'] })] }),
    plan: planOf({ resources: [queue({ actions: ['delete', 'create'] })] }),
    shows: /deleted first/,
  },
  ...[afterUpdate, { invoke_action_trigger: {} }, { invoke_cmd_action_trigger: {} }].map((trigger): Attack => ({
    hides: `an action by ${Object.keys(trigger).join()}`,
    reviewed: planOf(),
    plan: planOf({ action_invocations: [invocation(trigger)] }),
    ...{ warns: /aws_lambda_invoke/, shows: /empty-all/ },
  })),
  {
    hides: 'other arguments of an action',
    reviewed: planOf({ action_invocations: [invocation(afterUpdate)] }),
    plan: planOf({
      action_invocations: [invocation({ ...afterUpdate, config_values: { function_name: 'sell-all' } })],
    }),
    shows: /sell-all/,
  },
  {
    hides: 'an action alone',
    reviewed: planOf({ resource_changes: [] }),
    plan: planOf({ resource_changes: [], action_invocations: [invocation({ invoke_action_trigger: {} })] }),
    ...{ warns: /aws_lambda_invoke/, shows: /empty-all/ },
  },
  ...['fail', 'error'].map((status): Attack => ({
    hides: `a check with the status ${status}`,
    reviewed: planOf({ checks: [check('pass')] }),
    plan: planOf({ checks: [check(status, 'the gate is open')] }),
    shows: /the gate is open|check\.gate/,
  })),
  {
    hides: 'a change beside one that has the same address in a module',
    reviewed: planOf(),
    plan: planOf({
      resources: [{ ...BYSTANDER, address: 'module.harbour.aws_sqs_queue.bookings', module_address: 'module.harbour' }],
    }),
    shows: /module\.harbour\.aws_sqs_queue\.bookings/,
  },
  {
    hides: 'a refresh in the form of an older Terraform',
    reviewed: planOf({ resource_changes: [], applyable: undefined }),
    plan: planOf({
      resource_changes: [],
      applyable: undefined,
      resource_drift: [drifted({ delay: 1 }, { delay: 900 })],
    }),
    shows: /900/,
  },
  more(
    'a data source that the apply reads',
    [resource('data.aws_ssm_parameter.a', null, { name: '/till', id: null }, { actions: ['read'] }, { mode: 'data' })],
    { shows: /data\.aws_ssm_parameter\.a/ },
  ),
  {
    hides: 'an output that is no longer sensitive',
    reviewed: planOf({ output_changes: { url: markedOutput(true) } }),
    plan: planOf({ output_changes: { url: markedOutput(false) } }),
    shows: /url is no longer sensitive/,
  },
  {
    hides: 'an attribute that is no longer sensitive',
    reviewed: planOf({ resources: [queue({ before_sensitive: { a: true }, after_sensitive: { a: true } })] }),
    plan: planOf({ resources: [queue({ before_sensitive: { a: true } })] }),
    shows: /a is no longer sensitive/,
  },
];

function markedOutput(isSensitive: boolean): Attributes {
  const same = { before: 'https://a.example', after: 'https://a.example' };
  return output({ actions: ['update'], ...same, before_sensitive: true, after_sensitive: isSensitive });
}

function check(status: string, message?: string): Attributes {
  const address = { kind: 'check', name: 'gate', to_display: 'check.gate' };
  const problems = message === undefined ? {} : { problems: [{ message }] };
  return { address, status, instances: [{ address: { to_display: 'check.gate' }, status, ...problems }] };
}
