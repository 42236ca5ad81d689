/** What a policy comes to: wildcards, Deny over Allow, Not..., and conditions. */
import type { Context } from '../../../src/services/iam/conditions';
import { Evaluator } from '../../../src/services/iam/evaluate';
import { readPolicy } from '../../../src/services/iam/policy';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/items';

function evaluator(...statements: object[]): Evaluator {
  const { policy, faults } = readPolicy('test', JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  expect(faults).toEqual([]);
  return new Evaluator(policy.statements);
}

const none: Context = () => undefined;

const contextOf =
  (values: Readonly<Record<string, readonly string[]>>): Context =>
  (key) =>
    values[key];

function decide(statement: object, action: string, resource = TABLE): string {
  return evaluator({ Effect: 'Allow', Resource: '*', ...statement }).decide(action, resource, none);
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
])('the action %s: %s', (pattern, decision) => {
  expect(decide({ Action: pattern }, 'dynamodb:GetItem')).toBe(decision);
});

test.each([
  [TABLE, 'allowed'],
  ['*', 'allowed'],
  ['arn:aws:dynamodb:*:*:table/items', 'allowed'],
  ['arn:aws:dynamodb:*:*:table/it?ms', 'allowed'],
  // Parts that are missing are wildcards.
  ['arn:aws:dynamodb', 'allowed'],
  ['arn:aws:dynamodb:us-east-1:000000000000:table/item', 'implicitDeny'],
  ['arn:aws:dynamodb:us-east-1:000000000000:table/ITEMS', 'implicitDeny'],
  ['arn:aws:dynamodb:eu-west-1:*:table/items', 'implicitDeny'],
  // A wildcard does not reach over a colon.
  ['arn:aws:dynamodb:us-*:table/items', 'implicitDeny'],
  [`${TABLE}/index/*`, 'implicitDeny'],
])('the resource %s: %s', (pattern, decision) => {
  expect(decide({ Action: 'dynamodb:GetItem', Resource: pattern }, 'dynamodb:GetItem')).toBe(decision);
});

test('an index is a resource of its own, which a table does not cover', () => {
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

test('NotAction and NotResource', () => {
  const but = { NotAction: ['dynamodb:DeleteItem', 'dynamodb:Delete*'] };
  expect(decide(but, 'dynamodb:GetItem')).toBe('allowed');
  expect(decide(but, 'dynamodb:DeleteTable')).toBe('implicitDeny');
  const statement = { Effect: 'Allow', Action: 'dynamodb:*', NotResource: [TABLE] };
  expect(evaluator(statement).decide('dynamodb:GetItem', TABLE, none)).toBe('implicitDeny');
  expect(evaluator(statement).decide('dynamodb:GetItem', `${TABLE}2`, none)).toBe('allowed');
});

test('a Deny wins over an Allow, in whatever order', () => {
  const allow = { Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' };
  const deny = { Effect: 'Deny', Action: 'dynamodb:DeleteItem', Resource: '*' };
  for (const both of [evaluator(allow, deny), evaluator(deny, allow)]) {
    expect(both.decide('dynamodb:DeleteItem', TABLE, none)).toBe('explicitDeny');
    expect(both.decide('dynamodb:GetItem', TABLE, none)).toBe('allowed');
  }
});

test('no statement: nothing is allowed', () => {
  expect(new Evaluator([]).decide('dynamodb:GetItem', TABLE, none)).toBe('implicitDeny');
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
    // Of a key that is missing, a negated operator holds.
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
    // AWS too lets a request without the key through: a Scan, for example.
    [{ 'ForAllValues:StringEquals': { [KEYS]: ['a'] } }, {}, true],
    [{ 'ForAnyValue:StringEquals': { [KEYS]: ['a'] } }, { 'dynamodb:leadingkeys': ['b', 'a'] }, true],
    [{ 'ForAnyValue:StringEquals': { [KEYS]: ['a'] } }, { 'dynamodb:leadingkeys': ['b'] }, false],
    [{ 'ForAnyValue:StringEquals': { [KEYS]: ['a'] } }, {}, false],
    [{ 'ForAllValues:StringLike': { [KEYS]: ['user-*'] } }, { 'dynamodb:leadingkeys': ['user-1'] }, true],
    // Operators, and keys of one operator, have to hold all.
    [
      { StringEquals: { [SELECT]: 'COUNT', 'aws:RequestedRegion': 'us-east-1' } },
      { 'dynamodb:select': ['COUNT'], 'aws:requestedregion': ['eu-west-1'] },
      false,
    ],
  ];

  test.each(cases)('%j with %j: %s', (Condition, values, holds) => {
    const policy = evaluator({ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*', Condition });
    const decision = policy.decide('dynamodb:GetItem', TABLE, contextOf(values));
    expect(decision).toBe(holds ? 'allowed' : 'implicitDeny');
    // What was decided once does not stand for a call with other values.
    expect(policy.decide('dynamodb:GetItem', TABLE, contextOf(values))).toBe(decision);
  });

  test('a Deny with a condition leaves the calls alone that it does not fit', () => {
    const policy = evaluator(
      { Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' },
      { Effect: 'Deny', Action: 'dynamodb:*', Resource: '*', Condition: { StringNotEquals: { [SELECT]: 'COUNT' } } },
    );
    expect(policy.decide('dynamodb:Scan', TABLE, contextOf({ 'dynamodb:select': ['COUNT'] }))).toBe('allowed');
    expect(policy.decide('dynamodb:Scan', TABLE, contextOf({}))).toBe('explicitDeny');
  });
});
