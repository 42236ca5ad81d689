/** Tests the evaluation of policies: wildcards, Deny and Allow, NotAction, NotResource and conditions. */
import type { Context } from '../../../src/services/iam/conditions';
import { Evaluator } from '../../../src/services/iam/evaluate';
import { readPolicy } from '../../../src/services/iam/policy';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/items';

function evaluator(...statements: object[]): Evaluator {
  const { policy, faults } = readPolicy('test', JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  expect(faults).toEqual([]);
  return new Evaluator(policy.statements);
}

const emptyContext: Context = () => undefined;

const contextOf =
  (values: Readonly<Record<string, readonly string[]>>): Context =>
  (key) =>
    values[key];

function decide(statement: object, action: string, resource = TABLE): string {
  return evaluator({ Effect: 'Allow', Resource: '*', ...statement }).decide(action, resource, emptyContext);
}

test.each([
  ['dynamodb:GetItem', 'allowed'],
  ['DynamoDB:getitem', 'allowed'],
  ['dynamodb:Get*', 'allowed'],
  ['dynamodb:?etItem', 'allowed'],
  ['*', 'allowed'],
  ['dynamodb:Get', 'implicitDeny'],
  ['dynamodb:BatchGetItem', 'implicitDeny'],
  ['dynamodb:GetItem*s', 'implicitDeny'],
])('for dynamodb:GetItem, the action %s gives %s', (pattern, decision) => {
  expect(decide({ Action: pattern }, 'dynamodb:GetItem')).toBe(decision);
});

test.each([
  [TABLE, 'allowed'],
  ['*', 'allowed'],
  ['arn:aws:dynamodb:*:*:table/items', 'allowed'],
  ['arn:aws:dynamodb:*:*:table/it?ms', 'allowed'],
  // Missing parts of an ARN are wildcards.
  ['arn:aws:dynamodb', 'allowed'],
  ['arn:aws:dynamodb:us-east-1:000000000000:table/item', 'implicitDeny'],
  ['arn:aws:dynamodb:us-east-1:000000000000:table/ITEMS', 'implicitDeny'],
  ['arn:aws:dynamodb:eu-west-1:*:table/items', 'implicitDeny'],
  // A wildcard does not match a colon.
  ['arn:aws:dynamodb:us-*:table/items', 'implicitDeny'],
  [`${TABLE}/index/*`, 'implicitDeny'],
])('for the table, the resource %s gives %s', (pattern, decision) => {
  expect(decide({ Action: 'dynamodb:GetItem', Resource: pattern }, 'dynamodb:GetItem')).toBe(decision);
});

test('a statement for a table does not apply to its indexes', () => {
  const query = (resource: string) =>
    decide({ Action: 'dynamodb:Query', Resource: resource }, 'dynamodb:Query', `${TABLE}/index/byName`);
  expect([query(TABLE), query(`${TABLE}/index/*`), query(`${TABLE}*`)]).toEqual(['implicitDeny', 'allowed', 'allowed']);
});

test('an action without a resource needs the resource *', () => {
  expect(decide({ Action: 'dynamodb:*' }, 'dynamodb:ListTables', '*')).toBe('allowed');
  expect(decide({ Action: 'dynamodb:*', Resource: 'arn:aws:dynamodb:*:*:*' }, 'dynamodb:ListTables', '*')).toBe(
    'implicitDeny',
  );
});

test('NotAction and NotResource exclude actions and resources', () => {
  const statementWithNotAction = { NotAction: ['dynamodb:DeleteItem', 'dynamodb:Delete*'] };
  expect(decide(statementWithNotAction, 'dynamodb:GetItem')).toBe('allowed');
  expect(decide(statementWithNotAction, 'dynamodb:DeleteTable')).toBe('implicitDeny');
  const statement = { Effect: 'Allow', Action: 'dynamodb:*', NotResource: [TABLE] };
  expect(evaluator(statement).decide('dynamodb:GetItem', TABLE, emptyContext)).toBe('implicitDeny');
  expect(evaluator(statement).decide('dynamodb:GetItem', `${TABLE}2`, emptyContext)).toBe('allowed');
});

test('a Deny wins over an Allow in either order', () => {
  const allow = { Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' };
  const deny = { Effect: 'Deny', Action: 'dynamodb:DeleteItem', Resource: '*' };
  for (const policy of [evaluator(allow, deny), evaluator(deny, allow)]) {
    expect(policy.decide('dynamodb:DeleteItem', TABLE, emptyContext)).toBe('explicitDeny');
    expect(policy.decide('dynamodb:GetItem', TABLE, emptyContext)).toBe('allowed');
  }
});

test('a role without statements may do nothing', () => {
  expect(new Evaluator([]).decide('dynamodb:GetItem', TABLE, emptyContext)).toBe('implicitDeny');
});

describe('conditions', () => {
  const KEYS = 'dynamodb:LeadingKeys';
  const SELECT = 'dynamodb:Select';
  const cases: [object, Record<string, readonly string[]>, boolean][] = [
    [{ StringEquals: { [SELECT]: 'COUNT' } }, { 'dynamodb:select': ['COUNT'] }, true],
    [{ StringEquals: { [SELECT]: ['COUNT', 'X'] } }, { 'dynamodb:select': ['X'] }, true],
    [{ StringEquals: { [SELECT]: 'COUNT' } }, { 'dynamodb:select': ['count'] }, false],
    [{ StringEqualsIgnoreCase: { [SELECT]: 'COUNT' } }, { 'dynamodb:select': ['count'] }, true],
    [{ StringEquals: { [SELECT]: 'COUNT' } }, {}, false],
    [{ StringEqualsIfExists: { [SELECT]: 'COUNT' } }, {}, true],
    [{ StringEqualsIfExists: { [SELECT]: 'COUNT' } }, { 'dynamodb:select': ['X'] }, false],
    // A negated operator holds when the call does not have the key.
    [{ StringNotEquals: { [SELECT]: 'COUNT' } }, {}, true],
    [{ StringNotEquals: { [SELECT]: ['COUNT', 'X'] } }, { 'dynamodb:select': ['X'] }, false],
    [{ StringLike: { [SELECT]: 'ALL_*' } }, { 'dynamodb:select': ['ALL_ATTRIBUTES'] }, true],
    [{ StringNotLike: { [SELECT]: 'ALL_*' } }, { 'dynamodb:select': ['ALL_ATTRIBUTES'] }, false],
    [{ Null: { [SELECT]: 'true' } }, {}, true],
    [{ Null: { [SELECT]: 'true' } }, { 'dynamodb:select': ['X'] }, false],
    [{ Null: { [SELECT]: 'false' } }, { 'dynamodb:select': ['X'] }, true],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, { 'aws:securetransport': ['true'] }, false],
    [{ Bool: { 'aws:SecureTransport': true } }, { 'aws:securetransport': ['true'] }, true],
    [
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/a*' } },
      { 'aws:principalarn': ['arn:aws:iam::1:role/ab'] },
      true,
    ],
    [
      { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/a*' } },
      { 'aws:principalarn': ['arn:aws:iam::1:role/ab'] },
      false,
    ],
    [{ 'ForAllValues:StringEquals': { [KEYS]: ['a', 'b'] } }, { 'dynamodb:leadingkeys': ['a', 'b', 'a'] }, true],
    [{ 'ForAllValues:StringEquals': { [KEYS]: ['a', 'b'] } }, { 'dynamodb:leadingkeys': ['a', 'c'] }, false],
    // As on AWS, ForAllValues holds for a call without the key, such as a Scan.
    [{ 'ForAllValues:StringEquals': { [KEYS]: ['a'] } }, {}, true],
    [{ 'ForAnyValue:StringEquals': { [KEYS]: ['a'] } }, { 'dynamodb:leadingkeys': ['b', 'a'] }, true],
    [{ 'ForAnyValue:StringEquals': { [KEYS]: ['a'] } }, { 'dynamodb:leadingkeys': ['b'] }, false],
    [{ 'ForAnyValue:StringEquals': { [KEYS]: ['a'] } }, {}, false],
    [{ 'ForAllValues:StringLike': { [KEYS]: ['user-*'] } }, { 'dynamodb:leadingkeys': ['user-1'] }, true],
    // All operators and all keys of an operator must hold.
    [
      { StringEquals: { [SELECT]: 'COUNT', 'aws:RequestedRegion': 'us-east-1' } },
      { 'dynamodb:select': ['COUNT'], 'aws:requestedregion': ['eu-west-1'] },
      false,
    ],
  ];

  test.each(cases)('the condition %j with the values %j: %s', (Condition, values, holds) => {
    const policy = evaluator({ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*', Condition });
    const decision = policy.decide('dynamodb:GetItem', TABLE, contextOf(values));
    expect(decision).toBe(holds ? 'allowed' : 'implicitDeny');
    // Evaluating a call does not change the policy.
    expect(policy.decide('dynamodb:GetItem', TABLE, contextOf(values))).toBe(decision);
  });

  test('a Deny applies only to calls that meet its condition', () => {
    const policy = evaluator(
      { Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' },
      { Effect: 'Deny', Action: 'dynamodb:*', Resource: '*', Condition: { StringNotEquals: { [SELECT]: 'COUNT' } } },
    );
    expect(policy.decide('dynamodb:Scan', TABLE, contextOf({ 'dynamodb:select': ['COUNT'] }))).toBe('allowed');
    expect(policy.decide('dynamodb:Scan', TABLE, contextOf({}))).toBe('explicitDeny');
  });
});

describe('the reason of a denial', () => {
  const allow = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: TABLE };
  const condition = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a'] } };
  const explain = (evaluated: Evaluator, context = emptyContext) =>
    evaluated.explain('dynamodb:GetItem', TABLE, context);

  test('is that no statement matches', () => {
    expect(explain(evaluator({ ...allow, Action: 'dynamodb:PutItem' }))).toBe('no statement allows it');
  });

  test('names the condition that does not hold', () => {
    const context = contextOf({ 'dynamodb:leadingkeys': ['b'] });
    expect(explain(evaluator({ ...allow, Condition: condition }), context)).toBe(
      'statement 1 of test allows it only if its condition holds: ForAllValues:StringEquals on dynamodb:leadingkeys',
    );
  });

  test('names the statement that denies it, also beside a statement that allows it', () => {
    expect(explain(evaluator(allow, { ...allow, Sid: 'Stop', Effect: 'Deny' }))).toBe(
      'statement 2 (Stop) of test denies it',
    );
  });

  test('names the permissions boundary', () => {
    const { policy } = readPolicy('test', JSON.stringify({ Version: '2012-10-17', Statement: [allow] }));
    expect(explain(new Evaluator(policy.statements, []))).toBe('the permissions boundary does not allow it');
  });
});
