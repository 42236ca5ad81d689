/** Warnings about new resources. Only resources that open an existing resource, or allow all actions, cause a warning. */
import { parsePlan } from '../src';
import { allow, changeWarnings, policy, warningTexts } from './support/warnings';
import { planWith, rawFixture, rawPlan, resource } from './support/plans';

describe('a new resource', () => {
  const role = [
    'aws_iam_role',
    null,
    {
      name: 'r',
      assume_role_policy: JSON.stringify({ Statement: [allow({ Principal: { Service: 'lambda.amazonaws.com' } })] }),
    },
  ] as const;
  const inline = ['aws_iam_role_policy', null, { role: 'r', ...policy(allow({})) }] as const;

  test('of a new role causes no warning', () => {
    expect(warningTexts(planWith(role, inline))).toEqual([]);
  });

  test('of an existing role causes a warning', () => {
    expect(warningTexts(planWith(inline))).toEqual([
      'access: aws_iam_role_policy.r0 allows `s3:GetObject` on `arn:aws:s3:::b/*`',
    ]);
  });

  test('of a replaced role causes a warning: the role existed', () => {
    const raw = rawFixture('per-route-items');
    const role = raw.resource_changes?.find(({ address }) => address === 'aws_iam_role.get');
    const before = { ...(role?.change.after as object), path: '/old/' };
    Object.assign(role?.change ?? {}, { actions: ['delete', 'create'], before, replace_paths: [['path']] });
    expect(warningTexts(parsePlan(raw, 'plan.json', 'items')).filter((text) => text.startsWith('access'))).toEqual([
      expect.stringMatching(/^access: aws_iam_role_policy\.get allows `logs:PutLogEvents`, `logs:CreateLogStream` on /),
      expect.stringMatching(/^access: aws_iam_role_policy\.get allows `dynamodb:GetItem` on /),
    ]);
  });

  test('of a replaced API causes a warning, although its id is unknown', () => {
    const api = (action: string[]) =>
      resource('aws_apigatewayv2_api', { actions: action, before: {}, after: {}, after_unknown: { id: true } });
    const after = { authorization_type: 'NONE' };
    const route = { actions: ['create'], before: null, after, after_unknown: { api_id: true } };
    const references = ['aws_apigatewayv2_api.a.id', 'aws_apigatewayv2_api.a'];
    const plan = (...action: string[]) => ({
      ...rawPlan(api(action), resource('aws_apigatewayv2_route', route)),
      configuration: {
        root_module: { resources: [{ address: 'aws_apigatewayv2_route.a', expressions: { api_id: { references } } }] },
      },
    });
    const found = (...action: string[]) =>
      warningTexts(parsePlan(plan(...action), 'plan.json', 's')).filter((text) => text.startsWith('access'));
    expect(found('create')).toEqual([]);
    expect(found('delete', 'create')).toEqual([expect.stringMatching(/open to anyone$/)]);
  });

  test('that allows all actions always causes a warning', () => {
    const all = ['aws_iam_role_policy', null, { role: 'r', ...policy(allow({ Action: '*', Resource: '*' })) }] as const;
    expect(warningTexts(planWith(role, all))).toEqual([
      'access: aws_iam_role_policy.r1 is new and allows every action that matches `*`',
    ]);
    expect(changeWarnings('aws_s3_bucket_policy', null, { bucket: 'b', ...policy(allow({ Principal: '*' })) })).toEqual(
      ['access: allows `s3:GetObject` on `arn:aws:s3:::b/*` to `*`'],
    );
  });

  test.each<[string, string, object, RegExp]>([
    [
      'permission without a source',
      'aws_lambda_permission',
      { principal: 's3.amazonaws.com', function_name: 'f' },
      /without `source_arn`/,
    ],
    [
      'permission of an existing function',
      'aws_lambda_permission',
      { principal: 'p.amazonaws.com', function_name: 'f', source_arn: 'a' },
      /another source/,
    ],
    ['function URL', 'aws_lambda_function_url', { authorization_type: 'NONE' }, /anyone can invoke/],
    [
      'route of an existing API',
      'aws_apigatewayv2_route',
      { api_id: 'x', authorization_type: 'NONE' },
      /open to anyone/,
    ],
    [
      'authorizer of an existing API',
      'aws_apigatewayv2_authorizer',
      {
        api_id: 'x',
        authorizer_type: 'JWT',
        jwt_configuration: [{ issuer: 'https://a.example', audience: ['a', 'b'] }],
      },
      /existing API: `authorizer_type` `JWT`, `issuer` `https:\/\/a\.example`, `audience` `a`, `b`$/,
    ],
    [
      'attachment',
      'aws_iam_role_policy_attachment',
      { role: 'r', policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      /AdministratorAccess/,
    ],
  ])('causes a warning: %s', (_, type, after, expected) => {
    expect(changeWarnings(type, null, after)).toEqual([expect.stringMatching(expected)]);
  });
});
