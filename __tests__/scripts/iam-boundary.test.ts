/** `npm run iam` compares the grants of a role within its permissions boundary. */
import type { Deployment, Statement } from 'local-run';
import { compareFunction, type ObservedRequest } from '../../scripts/iam/compare';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';
const ROLE = 'arn:aws:iam::000000000000:role/orders';

const statement = (effect: 'Allow' | 'Deny', action: string, others: Partial<Statement> = {}): Statement => ({
  ...{ where: 'policy', effect, actions: [action], notActions: false },
  ...{ resources: [TABLE], notResources: false, conditions: [], ...others },
});

function verdicts(boundary: readonly Statement[] | undefined, requests: readonly ObservedRequest[] = []) {
  const statements = [statement('Allow', 'dynamodb:GetItem'), statement('Allow', 'dynamodb:PutItem')];
  const role = { name: 'orders', arn: ROLE, policies: [], statements, otherActions: [], ...(boundary && { boundary }) };
  const deployment = { apis: [], roles: [role] } as unknown as Deployment;
  const definition = { name: 'orders', arn: 'function', roleArn: ROLE } as Deployment['functions'][number];
  const { rows } = compareFunction(definition, deployment, { requests, isComplete: true, needsOf: () => ({}) });
  return rows.map(({ action, verdict }) => `${action} ${verdict}`);
}

const CONDITION = { operator: 'Bool', set: undefined, ifExists: false, key: 'aws:securetransport', values: ['true'] };

test.each<[string, readonly Statement[] | undefined, string]>([
  ['no boundary', undefined, 'unused'],
  ['a boundary that allows it', [statement('Allow', 'dynamodb:*')], 'unused'],
  [
    'a boundary that allows it on a condition',
    [statement('Allow', 'dynamodb:*', { conditions: [CONDITION] })],
    'unused',
  ],
  [
    'a boundary that denies it on a condition',
    [statement('Allow', '*'), statement('Deny', 'dynamodb:PutItem', { conditions: [CONDITION] })],
    'unused',
  ],
  ['a boundary that allows other actions', [statement('Allow', 'dynamodb:GetItem')], 'bounded'],
  ['a boundary of another table', [statement('Allow', '*', { resources: [`${TABLE}-archive`] })], 'bounded'],
  ['a boundary that denies it', [statement('Allow', '*'), statement('Deny', 'dynamodb:PutItem')], 'bounded'],
])('a grant that nothing calls with %s', (_name, boundary, verdict) => {
  expect(verdicts(boundary)[1]).toBe(`dynamodb:PutItem ${verdict}`);
});

test('a call that the boundary denies is missing, and its grant is bounded', () => {
  const part = { action: 'dynamodb:PutItem', resource: TABLE, decision: 'denied' } as const;
  const calls = [{ functionName: 'orders', parts: [part] }] as unknown as ObservedRequest['calls'];
  const all = verdicts([statement('Allow', 'dynamodb:GetItem')], [{ routeKey: 'PUT /orders', calls }]);
  expect(all).toEqual(['dynamodb:GetItem unused', 'dynamodb:PutItem bounded', 'dynamodb:PutItem missing']);
});
