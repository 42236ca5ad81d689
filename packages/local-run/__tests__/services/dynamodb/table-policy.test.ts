/** Policies of tables (aws_dynamodb_resource_policy), which decide together with the policies of the function's role. */
import { changedPets, dynamodbStatement, readDeployment, testRefusals } from '../../support/deployed-pets';
import type { Template } from '../../support/pets';
import { servePets } from '../../support/served-pets';

const serve = servePets();

const TABLE = '${aws_dynamodb_table.pets.arn}';
const ROLE = '${aws_iam_role.function.arn}';
const SESSION = 'arn:aws:sts::000000000000:assumed-role/pets-role/pets-function';

/** Answers with the name and message of the error of each call. */
const SOURCE = `
const { DynamoDBClient, GetItemCommand, QueryCommand } = require('@aws-sdk/client-dynamodb');
const client = new DynamoDBClient({});
const TableName = process.env.TABLE_NAME;
const commands = {
  get: new GetItemCommand({ TableName, Key: { id: { S: 'a' } } }),
  query: new QueryCommand({
    TableName, KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S: 'a' } },
  }),
};
exports.handler = async ({ pathParameters: { id } }) => {
  const error = await client.send(commands[id]).then(() => ({ name: 'none' }), (thrown) => thrown);
  return { statusCode: 200, body: JSON.stringify({ name: error.name, message: error.message }) };
}`;

interface Policies {
  /** Statements of the table's policy. */
  readonly table: readonly object[];
  /** Actions that the policy of the role allows. @default none on the table */
  readonly role?: readonly string[];
  /** The permissions boundary. @default none */
  readonly boundary?: object;
}

const addPolicy =
  ({ table, role = ['dynamodb:ListTables'], boundary }: Policies) =>
  (template: Template) => {
    const { resource } = template;
    Object.assign(dynamodbStatement(template), { actions: role });
    const Statement = table.map((statement) => ({ Effect: 'Allow', Principal: '*', Resource: TABLE, ...statement }));
    resource['aws_dynamodb_resource_policy'] = {
      pets: { resource_arn: TABLE, policy: JSON.stringify({ Version: '2012-10-17', Statement }) },
    };
    if (!boundary) return;
    resource['aws_iam_policy'] = { boundary: { name: 'boundary', policy: JSON.stringify({ Statement: boundary }) } };
    Object.assign(resource['aws_iam_role']?.['function'] as object, {
      permissions_boundary: '${aws_iam_policy.boundary.arn}',
    });
  };

async function call(operation: 'get' | 'query', policies: Policies): Promise<{ name: string; message: string }> {
  const { get } = await serve(addPolicy(policies), { source: SOURCE });
  const { json } = await get(`/pets/${operation}`);
  return json as { name: string; message: string };
}

const GET = 'dynamodb:GetItem';
const LISTING = { Effect: 'Allow', Action: 'dynamodb:ListTables', Resource: '*' };

test.each<[string, Policies]>([
  ['everybody', { table: [{ Action: GET }] }],
  ['the role', { table: [{ Action: GET, Principal: { AWS: ROLE } }] }],
  ['the session of the role', { table: [{ Action: GET, Principal: { AWS: SESSION } }] }],
  ['another table, and the policy of the role', { table: [{ Action: GET, Resource: `${TABLE}x` }], role: [GET] }],
  [
    'the session of a role whose boundary does not allow it',
    { table: [{ Action: GET, Principal: { AWS: SESSION } }], boundary: LISTING },
  ],
])('a call succeeds that the policy allows to %s', async (_name, policies) => {
  expect(await call('get', policies)).toMatchObject({ name: 'none' });
});

test.each<[string, Policies]>([
  ['another action', { table: [{ Action: 'dynamodb:Query' }] }],
  ['another role', { table: [{ Action: GET, Principal: { AWS: 'arn:aws:iam::000000000000:role/other' } }] }],
  ['the account only', { table: [{ Action: GET, Principal: { AWS: 'arn:aws:iam::000000000000:root' } }] }],
  [
    'a role whose boundary does not allow it',
    { table: [{ Action: GET, Principal: { AWS: ROLE } }], boundary: LISTING },
  ],
])('a call fails if the policy allows %s', async (_name, policies) => {
  const { name, message } = await call('get', policies);
  expect(name).toBe('AccessDeniedException');
  expect(message).toMatch(/because no identity-based policy allows the dynamodb:GetItem action$/);
});

test('a Deny of the policy precedes an Allow of the role', async () => {
  const policies = {
    table: [{ Effect: 'Deny', Action: GET, Principal: { AWS: ROLE } }],
    role: [GET, 'dynamodb:Query'],
  };
  const { name, message } = await call('get', policies);
  expect(name).toBe('AccessDeniedException');
  expect(message).toMatch(/with an explicit deny in a resource-based policy$/);
  expect(await call('query', policies)).toMatchObject({ name: 'none' });
});

test('a condition on keys is evaluated', async () => {
  const Condition = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['b'] } };
  expect(await call('get', { table: [{ Action: GET, Condition }] })).toMatchObject({ name: 'AccessDeniedException' });
});

test('routes answer 501 that depend on a policy with an unsupported element', () => {
  const Condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };
  const { apis } = readDeployment(changedPets(addPolicy({ table: [{ Action: GET, Condition }] })));
  expect(apis[0]?.routes[0]?.notSimulated).toMatchObject([{ address: 'aws_dynamodb_resource_policy.pets' }]);
});

testRefusals([
  [
    'a policy with an unknown element',
    addPolicy({ table: [{ Action: GET, Actions: GET }] }),
    /aws_dynamodb_resource_policy\.pets: the element "Actions"/,
  ],
]);
