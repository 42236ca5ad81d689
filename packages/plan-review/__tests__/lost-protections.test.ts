/** Warnings about deleted or changed protections: encryption, keys, backups, locks and throttles. */
import { parsePlan } from '../src';
import { references } from './support/configuration';
import { rawPlan, resource } from './support/plans';
import { expectWarnings, type WarningCase, warningTexts } from './support/warnings';

const encryption = (algorithm: string, key?: string) => ({
  rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: algorithm, kms_master_key_id: key }] }],
});
const ENCRYPTION = 'aws_s3_bucket_server_side_encryption_configuration';

test.each<WarningCase>([
  [
    'the encryption of a bucket',
    ENCRYPTION,
    { bucket: 'a', ...encryption('AES256') },
    null,
    [/^protection: is deleted/],
  ],
  ['an algorithm', ENCRYPTION, encryption('aws:kms'), encryption('AES256'), [/^protection: .*key of KMS/]],
  ['two algorithms', ENCRYPTION, encryption('aws:kms:dsse'), encryption('AES256'), [/^protection: .*key of KMS/]],
  ['a better algorithm', ENCRYPTION, encryption('AES256'), encryption('aws:kms'), []],
  [
    'the encryption of a queue',
    'aws_sqs_queue',
    { sqs_managed_sse_enabled: true },
    { sqs_managed_sse_enabled: false },
    ['protection: is no longer encrypted'],
  ],
  [
    'a queue with a key instead',
    'aws_sqs_queue',
    { sqs_managed_sse_enabled: true },
    { sqs_managed_sse_enabled: false, kms_master_key_id: 'alias/a' },
    [],
  ],
  [
    'backups',
    'aws_backup_selection',
    { not_resources: ['a'] },
    { not_resources: ['a', 'b'] },
    ['protection: no longer makes backups of `b`'],
  ],
  [
    'the stacks of a resource',
    'aws_cloudformation_stack_instances',
    { retain_stacks: true },
    { retain_stacks: false },
    ['protection: no longer keeps its stacks when the resource is deleted'],
  ],
  [
    'the files of a domain',
    'aws_sagemaker_domain',
    { retention_policy: [{ home_efs_file_system: 'Retain' }] },
    { retention_policy: [{ home_efs_file_system: 'Delete' }] },
    ['protection: no longer keeps its data when the resource is deleted'],
  ],
  ['copies of snapshots', 'aws_redshift_snapshot_copy', { a: 1 }, null, [/^protection: is deleted/]],
  [
    'an exclusive list, whose policies stay attached',
    'aws_iam_role_policy_attachments_exclusive',
    { role_name: 'a', policy_arns: ['arn:aws:iam::aws:policy/AWSDenyAll'] },
    null,
    [],
  ],
  [
    'a policy of an exclusive list',
    'aws_iam_role_policy_attachments_exclusive',
    { role_name: 'a', policy_arns: ['arn:aws:iam::aws:policy/AWSDenyAll'] },
    { role_name: 'a', policy_arns: [] },
    [/^access: loses .*AWSDenyAll/],
  ],
  ['more backups', 'aws_backup_selection', { not_resources: ['a', 'b'] }, { not_resources: ['a'] }, []],
  [
    'the lock of a vault',
    'aws_backup_vault_lock_configuration',
    { min_retention_days: 30 },
    { min_retention_days: null },
    ['protection: locks data or backups for a shorter time: `min_retention_days` is removed, which was 30'],
  ],
  [
    'the lock of a volume',
    'aws_fsx_ontap_volume',
    { snaplock_configuration: [{ retention_period: [{ minimum_retention: [{ type: 'DAYS', value: 30 }] }] }] },
    { snaplock_configuration: [{ retention_period: [{}] }] },
    [/^protection: locks data or backups for a shorter time: .*minimum_retention/],
  ],
  ['a default of AWS instead', 'aws_kms_key', { deletion_window_in_days: 30 }, { deletion_window_in_days: null }, []],
  [
    'only logs of a stage',
    'aws_api_gateway_method_settings',
    null,
    {
      rest_api_id: 'a',
      method_path: '*/*',
      settings: [{ logging_level: 'INFO', throttling_rate_limit: -1, throttling_burst_limit: -1 }],
    },
    [],
  ],
  [
    'a throttle of a stage',
    'aws_api_gateway_method_settings',
    null,
    { rest_api_id: 'a', settings: [{ throttling_rate_limit: -1, throttling_burst_limit: 5 }] },
    ['access: sets no `throttling_rate_limit` for these methods: only the limits of the account remain'],
  ],
  [
    'a new throttle',
    'aws_api_gateway_method_settings',
    null,
    { rest_api_id: 'a', settings: [{ throttling_rate_limit: 5, throttling_burst_limit: 5 }] },
    [],
  ],
])('%s', (_, ...row) => {
  expectWarnings(...row);
});

describe('a key that becomes unknown', () => {
  const old = 'arn:aws:kms:eu-west-1:111122223333:key/1';
  const texts = (type: string, name: string, sources: readonly string[], keyActions: string[]) => {
    const change = { actions: ['update'], before: { [name]: old }, after: {}, after_unknown: { [name]: true } };
    const before = keyActions[0] === 'create' ? null : { arn: old, id: '1' };
    const key = { actions: keyActions, before, after: {}, after_unknown: { arn: true, id: true } };
    const configured = sources.length === 0 ? {} : { [name]: references(...sources) };
    const configuration = { root_module: { resources: [{ address: `${type}.a`, expressions: configured }] } };
    const raw = { ...rawPlan(resource('aws_kms_key', key), resource(type, change)), configuration };
    return warningTexts(parsePlan(raw, 'plan.json', 'stack')).filter((text) => text.startsWith('hidden'));
  };
  const KEY = ['aws_kms_key.a.arn', 'aws_kms_key.a'];

  test.each([
    ['aws_sqs_queue', 'kms_master_key_id', KEY],
    ['aws_cloudwatch_log_group', 'kms_key_id', ['local.key']],
    ['aws_db_instance', 'kms_key_id', ['data.aws_kms_key.a.arn', 'data.aws_kms_key.a']],
  ])('is a warning: %s.%s from %j', (type, name, sources) => {
    expect(texts(type, name, sources, ['create'])).toEqual([expect.stringContaining(`\`${name}\``)]);
  });

  test('is no warning if AWS computes it, or if the key is replaced', () => {
    expect(texts('aws_db_instance', 'kms_key_id', [], ['create'])).toEqual([]);
    expect(texts('aws_sqs_queue', 'kms_master_key_id', KEY, ['delete', 'create'])).toEqual([]);
  });
});

test('is quiet about the method settings of a new API', () => {
  const settings = { actions: ['create'], before: null, after: { settings: [{ throttling_rate_limit: -1 }] } };
  const api = { actions: ['create'], before: null, after: {}, after_unknown: { id: true } };
  const expressions = { rest_api_id: references('aws_api_gateway_rest_api.a.id', 'aws_api_gateway_rest_api.a') };
  const configuration = {
    root_module: { resources: [{ address: 'aws_api_gateway_method_settings.a', expressions }] },
  };
  const change = { ...settings, after_unknown: { rest_api_id: true } };
  const raw = rawPlan(resource('aws_api_gateway_rest_api', api), resource('aws_api_gateway_method_settings', change));
  expect(warningTexts(parsePlan({ ...raw, configuration }, 'plan.json', 'stack'))).toEqual([]);
});
