/** Reads the policies of roles: written into the role, attached, managed by AWS, and as a boundary. */
import { Evaluator } from '../../../src/services/iam/evaluate';
import { changedPets, readDeployment, setAttribute, testRefusals } from '../../support/deployed-pets';
import type { Template } from '../../support/pets';

const ROLE = 'aws_iam_role.function';
const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/pets';
const AWS = 'arn:aws:iam::aws:policy/';

const policyOf = (...actions: readonly string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: actions, Resource: TABLE } });

/** A change after `aws_iam_role_policy.function` is removed. `list` is a policy of the configuration. */
function withPolicies(change: (resource: Template['resource']) => void): Template {
  return changedPets(({ resource }) => {
    delete resource['aws_iam_role_policy'];
    setAttribute(resource, 'aws_lambda_function.function', 'depends_on', []);
    resource['aws_iam_policy'] = { list: { name: 'list', path: '/app/', policy: policyOf('dynamodb:Scan') } };
    change(resource);
  });
}

const add = (type: string, resource: object) => (resources: Template['resource']) => {
  resources[type] = { ...resources[type], added: resource };
};

const setOnRole = (attribute: string, value: unknown) => (resources: Template['resource']) =>
  setAttribute(resources, ROLE, attribute, value);

/** The decisions about a scan and a write. */
function decisions(template: Template): string[] {
  const deployment = readDeployment(template);
  expect(deployment.notSimulated).toEqual([]);
  const [role] = deployment.roles;
  const evaluator = new Evaluator(role?.statements ?? [], role?.boundary);
  const context = () => undefined;
  return ['Scan', 'PutItem'].map((name) =>
    evaluator.decide(`dynamodb:${name}`, TABLE, context as unknown as Parameters<Evaluator['decide']>[2]),
  );
}

const LIST = '${aws_iam_policy.list.arn}';
const ROLE_NAME = '${aws_iam_role.function.name}';
const DENIED = ['implicitDeny', 'implicitDeny'];
const SCAN = ['allowed', 'implicitDeny'];
const ALL = ['allowed', 'allowed'];

test.each<[string, (resources: Template['resource']) => void, readonly string[]]>([
  ['no policy', () => undefined, DENIED],
  ['an attachment', add('aws_iam_role_policy_attachment', { role: ROLE_NAME, policy_arn: LIST }), SCAN],
  [
    'an attachment of several roles',
    add('aws_iam_policy_attachment', { name: 'a', roles: ['other', ROLE_NAME], policy_arn: LIST }),
    SCAN,
  ],
  [
    'an attachment of another role',
    add('aws_iam_policy_attachment', { name: 'a', roles: ['x'], policy_arn: LIST }),
    DENIED,
  ],
  ['managed_policy_arns', setOnRole('managed_policy_arns', [LIST]), SCAN],
  ['inline_policy', setOnRole('inline_policy', [{ name: 'p', policy: policyOf('dynamodb:Scan') }]), SCAN],
  ['an empty inline_policy', setOnRole('inline_policy', [{}]), DENIED],
  ['AmazonDynamoDBFullAccess', setOnRole('managed_policy_arns', [`${AWS}AmazonDynamoDBFullAccess`]), ALL],
  ['AmazonDynamoDBReadOnlyAccess', setOnRole('managed_policy_arns', [`${AWS}AmazonDynamoDBReadOnlyAccess`]), SCAN],
  ['AdministratorAccess', setOnRole('managed_policy_arns', [`${AWS}AdministratorAccess`]), ALL],
  ['PowerUserAccess', setOnRole('managed_policy_arns', [`${AWS}PowerUserAccess`]), ALL],
  ['AmazonS3FullAccess', setOnRole('managed_policy_arns', [`${AWS}AmazonS3FullAccess`]), DENIED],
  ['AWSDenyAll', setOnRole('managed_policy_arns', [`${AWS}AWSDenyAll`, LIST]), ['explicitDeny', 'explicitDeny']],
  [
    'AWSLambdaBasicExecutionRole',
    setOnRole('managed_policy_arns', [`${AWS}service-role/AWSLambdaBasicExecutionRole`]),
    DENIED,
  ],
])('%s decides about calls to DynamoDB', (_name, change, expected) => {
  expect(decisions(withPolicies(change))).toEqual(expected);
});

test('a permissions boundary limits the policies', () => {
  const template = withPolicies((resource) => {
    setAttribute(resource, ROLE, 'managed_policy_arns', [`${AWS}AmazonDynamoDBFullAccess`]);
    setAttribute(resource, ROLE, 'permissions_boundary', LIST);
  });
  expect(decisions(template)).toEqual(SCAN);
  const readOnly = withPolicies((resource) => {
    setAttribute(resource, ROLE, 'managed_policy_arns', [LIST]);
    setAttribute(resource, ROLE, 'permissions_boundary', `${AWS}AWSDenyAll`);
  });
  expect(decisions(readOnly)).toEqual(['explicitDeny', 'explicitDeny']);
});

test('an exclusive list removes all other policies', () => {
  const inline = withPolicies((resource) => {
    setAttribute(resource, ROLE, 'inline_policy', [
      { name: 'kept', policy: policyOf('dynamodb:Scan') },
      { name: 'removed', policy: policyOf('dynamodb:PutItem') },
    ]);
    add('aws_iam_role_policies_exclusive', { role_name: ROLE_NAME, policy_names: ['kept'] })(resource);
  });
  expect(decisions(inline)).toEqual(SCAN);
  const attached = withPolicies((resource) => {
    setAttribute(resource, ROLE, 'managed_policy_arns', [LIST]);
    add('aws_iam_role_policy_attachments_exclusive', { role_name: ROLE_NAME, policy_arns: [] })(resource);
  });
  expect(decisions(attached)).toEqual(DENIED);
});

test('a policy that names no resource of the role is named in the list of policies', () => {
  const template = withPolicies(setOnRole('managed_policy_arns', [LIST, `${AWS}AdministratorAccess`]));
  const [role] = readDeployment(template).roles;
  expect(role?.policies).toEqual(['aws_iam_policy.list', `${AWS}AdministratorAccess`]);
  expect(role?.statements[0]?.where).toBe('statement 1 of aws_iam_policy.list');
});

test.each([`${AWS}SomethingNew`, 'arn:aws:iam::111122223333:policy/other'])(
  'routes of a role with the unknown policy %s answer 501',
  (policy) => {
    const { apis, notSimulated } = readDeployment(withPolicies(setOnRole('managed_policy_arns', [policy])));
    expect(notSimulated).toMatchObject([
      { address: ROLE, attribute: 'managed_policy_arns', found: JSON.stringify(policy) },
    ]);
    expect(apis.flatMap(({ routes }) => routes).every((route) => route.notSimulated)).toBe(true);
  },
);

test('routes answer 501 if the run cannot evaluate a policy that is attached', () => {
  const variable = JSON.stringify({
    Statement: { Effect: 'Allow', Action: 'dynamodb:Scan', Resource: `${TABLE}/$\{aws:userid}` },
  });
  const template = withPolicies((resource) => {
    add('aws_iam_policy', { name: 'v', policy: variable.replace('${', '$${') })(resource);
    add('aws_iam_role_policy_attachment', { role: ROLE_NAME, policy_arn: '${aws_iam_policy.added.arn}' })(resource);
  });
  expect(readDeployment(template).notSimulated).toMatchObject([{ address: 'aws_iam_policy.added' }]);
});

test('Terraform completes the prefix of a name', () => {
  const template = withPolicies((resource) => {
    setAttribute(resource, ROLE, 'name', null);
    setAttribute(resource, ROLE, 'name_prefix', 'pets-');
  });
  expect(readDeployment(template).roles[0]?.name).toMatch(/^pets-\w{10}$/);
});

const attach = (change: (resource: Template['resource']) => void) => (template: Template) => {
  Object.assign(template, withPolicies(change));
};

testRefusals([
  [
    'a managed policy of more than 6,144 characters',
    attach(add('aws_iam_policy', { name: 'big', policy: policyOf(`dynamodb:${'a'.repeat(6144)}`) })),
    /aws_iam_policy\.added: its policy has \d+ characters; IAM allows 6144/,
  ],
  [
    'more than ten managed policies of a role',
    attach((resource) => {
      const names = Array.from({ length: 11 }, (_, index) => `p${index}`);
      resource['aws_iam_policy'] = Object.fromEntries(
        names.map((name) => [name, { name, policy: policyOf('dynamodb:Scan') }]),
      );
      setAttribute(
        resource,
        ROLE,
        'managed_policy_arns',
        names.map((name) => `\${aws_iam_policy.${name}.arn}`),
      );
    }),
    /aws_iam_role\.function: it has 11 managed policies; IAM allows 10/,
  ],
  [
    'a managed policy that is not JSON',
    attach(add('aws_iam_policy', { name: 'bad', policy: 'nothing' })),
    /aws_iam_policy\.added: its policy is not valid JSON/,
  ],
]);
