/** What a review warns of in something new: nothing, unless what is there already is opened by it. */
import { planOf } from '../src';
import { allow, of, policy, texts } from './findings';
import { planWith, rawFixture, rawPlan, resource } from './plans';

describe('something new', () => {
  const role = [
    'aws_iam_role',
    null,
    {
      name: 'r',
      assume_role_policy: JSON.stringify({ Statement: [allow({ Principal: { Service: 'lambda.amazonaws.com' } })] }),
    },
  ] as const;
  const inline = ['aws_iam_role_policy', null, { role: 'r', ...policy(allow({})) }] as const;

  test('of a new role widens nothing', () => {
    expect(texts(planWith(role, inline))).toEqual([]);
  });

  test('of a role that is there does', () => {
    expect(texts(planWith(inline))).toEqual([
      'access: aws_iam_role_policy.r0 allows `s3:GetObject` on `arn:aws:s3:::b/*`',
    ]);
  });

  test('of a role that is replaced does: the role was there', () => {
    const raw = rawFixture('per-route-items');
    const role = raw.resource_changes?.find(({ address }) => address === 'aws_iam_role.get');
    const before = { ...(role?.change.after as object), path: '/old/' };
    Object.assign(role?.change ?? {}, { actions: ['delete', 'create'], before, replace_paths: [['path']] });
    expect(texts(planOf(raw, 'plan.json', 'items')).filter((text) => text.startsWith('access'))).toEqual([
      expect.stringMatching(
        /^access: aws_iam_role_policy\.get allows `logs:PutLogEvents`, `logs:CreateLogStream`, `dynamodb:GetItem` on /,
      ),
    ]);
  });

  test('of an API that is replaced does, though its id is not known', () => {
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
      texts(planOf(plan(...action), 'plan.json', 's')).filter((text) => text.startsWith('access'));
    expect(found('create')).toEqual([]);
    expect(found('delete', 'create')).toEqual([expect.stringMatching(/open to anybody$/)]);
  });

  test('that allows everything is named in any case', () => {
    const all = ['aws_iam_role_policy', null, { role: 'r', ...policy(allow({ Action: '*', Resource: '*' })) }] as const;
    expect(texts(planWith(role, all))).toEqual(['access: aws_iam_role_policy.r1 is new, and allows everything of `*`']);
    expect(of('aws_s3_bucket_policy', null, { bucket: 'b', ...policy(allow({ Principal: '*' })) })).toEqual([
      'access: allows `s3:GetObject` on `arn:aws:s3:::b/*` to `*`',
    ]);
  });

  test.each<[string, string, object, RegExp]>([
    [
      'permission without a source',
      'aws_lambda_permission',
      { principal: 's3.amazonaws.com', function_name: 'f' },
      /with no `source_arn`/,
    ],
    [
      'permission of a function that is there',
      'aws_lambda_permission',
      { principal: 'p', function_name: 'f', source_arn: 'a' },
      /another source/,
    ],
    ['function URL', 'aws_lambda_function_url', { authorization_type: 'NONE' }, /anybody can invoke/],
    [
      'route of an API that is there',
      'aws_apigatewayv2_route',
      { api_id: 'x', authorization_type: 'NONE' },
      /open to anybody/,
    ],
    [
      'attachment',
      'aws_iam_role_policy_attachment',
      { role: 'r', policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      /AdministratorAccess/,
    ],
  ])('%s', (_, type, after, expected) => {
    expect(of(type, null, after)).toEqual([expect.stringMatching(expected)]);
  });
});
