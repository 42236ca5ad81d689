/** The setting `kmsKey`: what the key encrypts, and who may use it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readSettings } from '../../stacks/settings';
import { devices, orders } from '../support/contracts';
import { desks } from '../support/caller-contracts';
import { addresses, synth, type Synthesized, synthState } from '../support/synth';

const ARN = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
/** The ARNs of all keys of the account. */
const KEYS = /:kms:us-east-1:.*:key\/\*$/;
const CREATED = '${aws_kms_key.data.arn}';
const REPOSITORY = { githubRepository: 'acme/crud', namePrefix: 'acme', stateBucket: 'acme-states' };

interface Statement {
  readonly sid?: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: readonly { readonly test: string; readonly variable: string; readonly values: string[] }[];
  readonly principals?: readonly { readonly type: string; readonly identifiers: readonly string[] }[];
}

const statementsOf = ({ data }: Pick<Synthesized, 'data'>, name: string) =>
  (data['aws_iam_policy_document']?.[name]?.statement ?? []) as readonly Statement[];

/** The keys of all resources of a stack that have one: addresses by attribute and key. */
function keysOf({ resource }: Synthesized): Record<string, unknown> {
  const keys: Record<string, unknown> = {};
  for (const [type, named] of Object.entries(resource)) {
    for (const [name, { kms_key_arn, kms_key_id, kms_master_key_id, server_side_encryption: table }] of Object.entries(
      named,
    )) {
      const key: unknown = kms_key_arn ?? kms_key_id ?? kms_master_key_id ?? table?.kms_key_arn;
      if (key !== undefined) keys[`${type}.${name}`] = key;
    }
  }
  return keys;
}

describe.each([
  ['an HTTP API', orders],
  ['a REST API', devices],
  ['an API with an authorizer', desks],
])('%s', (_, contract) => {
  test.each([
    [ARN, ARN],
    ['CREATE', CREATED],
  ])('with %s, the key encrypts table, log groups, functions and topic', (kmsKey, key) => {
    const stack = synth(contract, { kmsKey, alarmEmail: 'ops@example.com', functionPerRoute: true });
    const encrypted = addresses(stack).filter((address) =>
      /^aws_(dynamodb_table|cloudwatch_log_group|lambda_function|sns_topic)\./.test(address),
    );
    expect(encrypted.length).toBeGreaterThan(5);
    expect(keysOf(stack)).toEqual(Object.fromEntries(encrypted.map((address) => [address, key])));
  });

  test.each([
    [ARN, ['arn:aws:kms:us-east-1:111122223333:key/*']],
    ['CREATE', [expect.stringMatching(KEYS)]],
    ['AWS_OWNED', [expect.stringMatching(KEYS)]],
  ])('with %s, each role may use keys through DynamoDB and for the variables of its function only', (kmsKey, keys) => {
    const stack = synth(contract, { kmsKey, functionPerRoute: true });
    const names = Object.keys(stack.resource['aws_lambda_function'] ?? {});
    for (const name of names) {
      const statements = statementsOf(stack, `${name}_key`);
      expect(statements.map(({ resources, condition }) => [resources, condition[0]?.variable])).toEqual([
        [keys, 'kms:ViaService'],
        [keys, 'kms:EncryptionContext:aws:lambda:FunctionArn'],
      ]);
      expect(stack.resource['aws_iam_role_policy']?.[`${name}_key`].role).toBe(`\${aws_iam_role.${name}.name}`);
    }
    const kmsActions = names.flatMap((name) =>
      statementsOf(stack, `${name}_permissions`).flatMap(({ actions }) => actions),
    );
    expect(kmsActions.filter((action) => action.startsWith('kms:'))).toEqual([]);
  });

  test('with AWS and AWS_OWNED, no resource names a key, and AWS_OWNED adds only permissions for keys that older versions have', () => {
    const [aws, owned] = [synth(contract), synth(contract, { kmsKey: 'AWS_OWNED' })];
    expect([keysOf(aws), keysOf(owned)]).toEqual([{}, {}]);
    const tableOf = ({ resource }: Synthesized) => Object.values(resource['aws_dynamodb_table'] ?? {})[0];
    expect(tableOf(aws).server_side_encryption).toEqual({ enabled: true });
    expect(tableOf(owned).server_side_encryption).toEqual({ enabled: false });
    const added = addresses(owned).filter((address) => !addresses(aws).includes(address));
    expect(added.length).toBeGreaterThan(0);
    for (const address of added) expect(address).toMatch(/^aws_iam_role_policy\..*_key$/);
  });

  test('Terraform gives the functions their permissions before it encrypts the table', () => {
    const { resource } = synth(contract, { kmsKey: 'CREATE', functionPerRoute: true });
    const table = Object.values(resource['aws_dynamodb_table'] ?? {})[0];
    const policies = Object.keys(resource['aws_iam_role_policy'] ?? {}).filter((name) => name.endsWith('_key'));
    const ofRoutes = policies.filter((name) => !name.startsWith('authorizer'));
    expect([...(table.depends_on as string[])].sort()).toEqual(ofRoutes.map((name) => `aws_iam_role_policy.${name}`));
  });
});

describe('the key that a stack creates', () => {
  const stack = synth(orders, { kmsKey: 'CREATE' });

  test('rotates, has an alias, and is deleted 30 days after the stack', () => {
    expect(stack.resource['aws_kms_key']?.['data']).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: 30,
    });
    expect(stack.resource['aws_kms_alias']?.['data']).toMatchObject({
      name: 'alias/orders-api',
      target_key_id: '${aws_kms_key.data.key_id}',
    });
  });

  test('has a policy for the account, for the log groups of the account, and for alarms', () => {
    const statements = statementsOf(stack, 'data');
    expect(statements.map(({ sid, principals }) => [sid, principals?.[0]?.identifiers[0]?.split(':').at(-1)])).toEqual([
      ['Account', 'root'],
      ['Logs', 'logs.us-east-1.amazonaws.com'],
      ['Alarms', 'cloudwatch.amazonaws.com'],
    ]);
    expect(statements[1]?.condition).toEqual([
      {
        test: 'ArnLike',
        variable: 'kms:EncryptionContext:aws:logs:arn',
        values: [expect.stringMatching(/:logs:us-east-1:.*:log-group:\*$/)],
      },
    ]);
  });

  test('admits the roles of the pipeline by a condition, each for its own actions', () => {
    const statements = statementsOf(synth(orders, { ...REPOSITORY, kmsKey: 'CREATE' }), 'data').slice(3);
    const rolesOf = ({ condition }: Statement) =>
      condition
        .find(({ variable }) => variable === 'aws:PrincipalArn')
        ?.values.map((arn) => /cdktf-serverless-crud-(\w+)-/.exec(arn)?.[1]);
    expect(statements.map((statement) => [statement.sid, rolesOf(statement)])).toEqual([
      ['Read', ['plan', 'deploy']],
      ['Manage', ['deploy']],
      ['ReadVariables', ['plan']],
    ]);
    for (const { condition } of statements)
      expect(condition.map(({ variable }) => variable)).toContain('kms:CallerAccount');
    const ofPlan = statements
      .filter((statement) => rolesOf(statement)?.includes('plan'))
      .flatMap(({ actions }) => actions);
    expect(ofPlan.filter((action) => !/^kms:(Describe|Get|List|Decrypt$)/.test(action))).toEqual([]);
  });
});

test.each([
  ['AWS', []],
  ['AWS_OWNED', []],
  ['CREATE', []],
  [ARN, [ARN]],
])(
  'with %s, the permissions boundary allows all keys of the account: a bootstrap breaks no function',
  (kmsKey, others) => {
    const statements = statementsOf(synthState({ ...REPOSITORY, kmsKey }), 'function_boundary');
    const keyStatements = statements.filter(({ actions }) => actions.some((action) => action.startsWith('kms:')));
    expect(keyStatements.map(({ resources, condition }) => [resources, condition[0]?.variable])).toEqual([
      [[expect.stringMatching(KEYS), ...others], 'kms:ViaService'],
      [[expect.stringMatching(KEYS), ...others], 'kms:EncryptionContext:aws:lambda:FunctionArn'],
    ]);
  },
);

test.each(['AWS_OWNED', ARN])('with %s, Terraform forgets a key that CREATE made, and does not delete it', (kmsKey) => {
  const { folder } = synth(orders, { kmsKey });
  const { removed } = JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as { removed: unknown[] };
  expect(removed).toContainEqual({ from: 'aws_kms_key.data', lifecycle: { destroy: false } });
});

test.each([
  ['own', 'it must be AWS, AWS_OWNED, CREATE, or the ARN of a KMS key'],
  ['alias/own', 'it must be AWS, AWS_OWNED, CREATE, or the ARN of a KMS key'],
  [
    ARN.replace('us-east-1', 'eu-west-1'),
    'kmsKey is a key of eu-west-1, but region is us-east-1; set a key of us-east-1',
  ],
])('%s is refused', (kmsKey, message) => {
  expect(() => readSettings({ kmsKey }, {})).toThrow(message);
});

test('the words may be in lower case', () => {
  expect(readSettings({ kmsKey: 'aws_owned' }, { KMS_KEY: 'create' }).kmsKey).toBe('CREATE');
});
