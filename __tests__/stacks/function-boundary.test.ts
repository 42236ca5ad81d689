/** The permissions boundary of the functions' roles. */
import { type Action, needsOf } from '../../function/contract/needs';
import { devices, notes, orders } from '../support/contracts';
import { BOUNDARY, find, SETTINGS, stack, statements } from '../support/pipeline-statements';
import { PROJECT_APIS } from '../support/project-apis';
import { synth } from '../support/synth';

describe('the permissions boundary', () => {
  const ORDERS_BOUNDARY = { ...SETTINGS, permissionsBoundary: BOUNDARY };

  test('has the name that the policy of deploy names', () => {
    expect(stack.resource['aws_iam_policy']?.['function_boundary'].name).toBe(BOUNDARY.split('/')[1]);
    expect(stack.output['permissions_boundary'].value).toBe('${aws_iam_policy.function_boundary.arn}');
  });

  test('allows what the functions of all contracts need, on the tables, indexes and log groups of the prefix', () => {
    const actions = [devices, notes, orders, ...PROJECT_APIS].flatMap((api) =>
      Object.keys(api.routes).flatMap((routeKey) => needsOf(api, routeKey).tableActions),
    );
    const items = find('function_boundary', 'Items');
    expect(items.actions).toEqual(expect.arrayContaining([...new Set<Action>(actions)]));
    expect(items.resources).toEqual([
      'arn:aws:dynamodb:us-east-1:111122223333:table/acme-*',
      'arn:aws:dynamodb:us-east-1:111122223333:table/acme-*/index/*',
    ]);
    expect(find('function_boundary', 'Logs').resources).toEqual([
      'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/acme-*:*',
    ]);
  });

  test('allows nothing but data, their keys, logs and traces', () => {
    const actions = statements('function_boundary').flatMap((statement) => statement.actions);
    for (const action of actions) expect(action).toMatch(/^(dynamodb|logs|xray|kms):[A-Za-z]+\*?$/);
    for (const action of actions) expect(action).not.toMatch(/Table$|Policy$|Tag/);
  });

  test('is on the role of each function that has the setting, and on no other role', () => {
    const roles = (settings: object) => Object.values(synth(orders, settings).resource['aws_iam_role'] ?? {});
    expect(roles({ ...ORDERS_BOUNDARY, functionPerRoute: true }).length).toBeGreaterThan(1);
    for (const role of roles({ ...ORDERS_BOUNDARY, functionPerRoute: true })) {
      expect(role).toHaveProperty('permissions_boundary', BOUNDARY);
    }
    for (const role of roles({})) expect(role).not.toHaveProperty('permissions_boundary');
  });

  test('synth warns of an action that it does not allow', () => {
    const actions = ['dynamodb:BatchGetItem', 'dynamodb:UpdateTable'] as const;
    const route = { handler: 'resize', actions, responses: {} };
    const contract = { ...orders, routes: { ...orders.routes, 'POST /resize': route } };
    expect(synth(contract, SETTINGS).annotations).toEqual([]);
    expect(synth(contract, ORDERS_BOUNDARY).annotations.map(({ message }) => message)).toEqual([
      expect.stringContaining('does not allow dynamodb:UpdateTable: AWS denies'),
    ]);
  });
});
