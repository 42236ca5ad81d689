/** The setting `backup`: AWS Backup of the tables. */
import { readSettings } from '../../stacks/settings';
import { orders } from '../support/contracts';
import { addresses, synth, synthState } from '../support/synth';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const BOUNDARY = 'arn:aws:iam::111122223333:policy/acme-boundary';

interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

const { resource, data } = synth(orders, { backup: true, permissionsBoundary: BOUNDARY });

test('adds a vault, a plan, a selection and a role to the stack', () => {
  const before = addresses(synth(orders));
  expect(addresses({ resource }).filter((address) => !before.includes(address))).toEqual([
    'aws_backup_plan.backup',
    'aws_backup_selection.backup',
    'aws_backup_vault.backup',
    'aws_iam_role.backup',
    'aws_iam_role_policy.backup',
  ]);
});

test('copies the table into the vault each night, and keeps a copy for 35 days', () => {
  expect(resource['aws_backup_plan']?.['backup']).toMatchObject({
    rule: [
      {
        target_vault_name: '${aws_backup_vault.backup.name}',
        schedule: 'cron(0 3 * * ? *)',
        lifecycle: { delete_after: 35 },
      },
    ],
  });
  expect(resource['aws_backup_selection']?.['backup']).toMatchObject({
    plan_id: '${aws_backup_plan.backup.id}',
    iam_role_arn: '${aws_iam_role.backup.arn}',
    resources: ['${aws_dynamodb_table.table.arn}'],
    depends_on: ['aws_iam_role_policy.backup'],
  });
});

test('never deletes the backups together with the stack', () => {
  expect(resource['aws_backup_vault']?.['backup']).not.toHaveProperty('force_destroy');
});

test('the role has the permissions boundary, and reads only the table and its backups', () => {
  expect(resource['aws_iam_role']?.['backup'].permissions_boundary).toBe(BOUNDARY);
  const statements = data['aws_iam_policy_document']?.['backup_permissions'].statement as Statement[];
  expect(statements.flatMap(({ resources }) => resources)).toEqual([
    '${aws_dynamodb_table.table.arn}',
    '${aws_dynamodb_table.table.arn}/backup/*',
    '${aws_backup_vault.backup.arn}',
    'arn:*:backup:*:*:recovery-point:*',
  ]);
  expect(statements.at(-1)?.actions).toEqual(['backup:TagResource']);
});

test('the permissions boundary of the pipeline allows every action of the role, only with the setting', () => {
  const actionsOf = (settings: object, name: string, stack: typeof synthState) =>
    (stack(settings).data['aws_iam_policy_document']?.[name].statement as Statement[]).flatMap(
      ({ actions }) => actions,
    );
  const pipeline = { githubRepository: 'acme/crud', namePrefix: 'acme', stateBucket: 'acme-states' };
  for (const kmsKey of ['AWS', KEY]) {
    const settings = { ...pipeline, backup: true, kmsKey };
    const needed = actionsOf(settings, 'backup_permissions', (own) => synth(orders, own));
    expect(actionsOf(settings, 'function_boundary', synthState)).toEqual(expect.arrayContaining(needed));
  }
  expect(actionsOf(pipeline, 'function_boundary', synthState).filter((action) => /backup/i.test(action))).toEqual([]);
});

test('the key of the table encrypts the vault, too', () => {
  const encrypted = synth(orders, { backup: true, kmsKey: KEY });
  expect(encrypted.resource['aws_backup_vault']?.['backup'].kms_key_arn).toBe(KEY);
  expect(resource['aws_backup_vault']?.['backup']).not.toHaveProperty('kms_key_arn');
});

test('names of vaults and roles are not longer than AWS allows', () => {
  const long = synth(
    { ...orders, name: 'a'.repeat(30) },
    { backup: true, namePrefix: 'prefix-name', environment: 'environment1' },
  );
  expect((long.resource['aws_backup_vault']?.['backup'].name as string).length).toBeLessThanOrEqual(50);
  expect((long.resource['aws_iam_role']?.['backup'].name as string).length).toBeLessThanOrEqual(64);
  expect(long.resource['aws_backup_vault']?.['backup'].name).toMatch(/^prefix-name-a+/);
});

test('a backup with a key that the stack creates is refused: the key ends with the stack, the backups do not', () => {
  expect(() => readSettings({ backup: true, kmsKey: 'CREATE' }, {})).toThrow(
    'backup is true, but kmsKey is CREATE; set kmsKey to AWS or to the ARN of a key of your own',
  );
  expect(readSettings({ backup: true, kmsKey: 'AWS_OWNED' }, {}).backup).toBe(true);
});
