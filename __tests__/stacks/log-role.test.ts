/** API Gateway's role for access logs in the stack `state`. */
import { find, SETTINGS, statements } from '../support/pipeline-statements';
import { addresses, synthState } from '../support/synth';

const BUCKET = { stateBucket: 'acme-terraform-state' };

test('KEEP, the default, creates no role', () => {
  expect(addresses(synthState(BUCKET)).filter((address) => /api_gateway|iam/.test(address))).toEqual([]);
  expect(JSON.stringify(statements('plan_permissions'))).not.toContain('/account');
});

describe('CREATE', () => {
  const stack = synthState({ ...BUCKET, apiGatewayLogRole: 'CREATE', region: 'eu-west-1' });

  test('creates a role that only API Gateway may assume, with the policy of AWS', () => {
    expect(stack.resource['aws_iam_role']?.['api_gateway_logs'].name).toBe('cdktf-serverless-crud-logs-eu-west-1');
    expect(stack.data['aws_iam_policy_document']?.['api_gateway_logs_trust'].statement).toEqual([
      expect.objectContaining({
        actions: ['sts:AssumeRole'],
        principals: [{ type: 'Service', identifiers: ['apigateway.amazonaws.com'] }],
      }),
    ]);
    expect(stack.resource['aws_iam_role_policy_attachment']?.['api_gateway_logs']).toMatchObject({
      role: '${aws_iam_role.api_gateway_logs.name}',
      policy_arn:
        'arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
    });
  });

  test('names the role in the settings of API Gateway once it has its policy, and resets them when it is deleted', () => {
    expect(stack.resource['aws_api_gateway_account']?.['api_gateway_logs']).toMatchObject({
      cloudwatch_role_arn: '${aws_iam_role.api_gateway_logs.arn}',
      reset_on_delete: true,
      depends_on: ['aws_iam_role_policy_attachment.api_gateway_logs'],
    });
  });

  test('guards the state bucket no more than KEEP does', () => {
    const bucketPolicy = (from: typeof stack) =>
      from.data['aws_iam_policy_document']?.['state_bucket'].statement as unknown;
    expect(bucketPolicy(stack)).toEqual(bucketPolicy(synthState({ ...BUCKET, region: 'eu-west-1' })));
  });

  test('lets the plan role read the settings, and the deploy role neither read nor change them', () => {
    const pipeline = synthState({ ...SETTINGS, apiGatewayLogRole: 'CREATE' });
    expect(find('plan_permissions', 'ApiGatewaySettings', pipeline)).toMatchObject({
      actions: ['apigateway:GET'],
      resources: ['arn:aws:apigateway:us-east-1::/account'],
    });
    expect(JSON.stringify(statements('deploy_permissions', pipeline))).not.toContain('/account');
  });
});
