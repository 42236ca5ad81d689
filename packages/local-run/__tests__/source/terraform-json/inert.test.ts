/** Resources and attributes without effect on one machine: every route works, and one line names the kinds. */
import { deploymentsText } from '../../../src/print/deployments';
import { setAttribute } from '../../support/deployed-pets';
import type { Template } from '../../support/pets';
import { servePets } from '../../support/served-pets';

const serve = servePets();

async function expectEverythingWorks(change: (template: Template) => void): Promise<void> {
  const { get, deployment } = await serve(change);
  for (const path of ['/pets', '/pets/a', '/health']) expect((await get(path)).status).toBe(200);
  expect(deployment.notSimulated).toEqual([]);
}

test('one line lists the kinds of resources that are left out', async () => {
  const { deployment } = await serve((template) => {
    Object.assign(template.resource, {
      aws_cloudwatch_metric_alarm: { a: { alarm_actions: ['${aws_sns_topic.t.arn}'] }, b: {} },
      aws_sns_topic: { t: { name: 'alarms', kms_master_key_id: '${upper("x")}' } },
      aws_sns_topic_policy: { a: {}, b: {} },
      aws_wafv2_web_acl_association: { a: { resource_arn: '${aws_apigatewayv2_stage.default.arn}' } },
      aws_dynamodb_contributor_insights: { a: { table_name: '${aws_dynamodb_table.pets.name}' } },
      aws_mq_broker: { unused: {}, other: {} },
    });
    Object.assign(template.data, { aws_vpc: { main: { default: true } } });
    Object.assign(template, { check: { live: { assert: [] } }, module: { net: {} } });
  });
  expect(deployment.inert).toEqual([
    '2 alarms',
    '1 topic',
    '2 topic policies',
    '1 WAF association (requests are not filtered)',
    '1 table setting',
    '2 aws_mq_broker',
    '1 check',
    '1 module',
  ]);
  expect(deployment.notSimulated).toEqual([]);
  expect(deploymentsText([deployment])).toContain('\n  Left out: 2 alarms, 1 topic, 2 topic policies, ');
});

test('a note says what a resource does not do here, if its absence could mislead', async () => {
  const { deployment } = await serve(({ resource }) => {
    Object.assign(resource, {
      aws_lambda_event_source_mapping: { a: {}, b: {} },
      aws_scheduler_schedule: { a: {} },
      aws_cloudwatch_event_rule: { a: {} },
      aws_cloudwatch_event_target: { a: { rule: '${aws_cloudwatch_event_rule.a.name}' } },
      aws_apigatewayv2_domain_name: { a: {} },
    });
  });
  expect(deployment.inert).toEqual([
    '2 event source mappings (no invocations)',
    '1 schedule (no invocations)',
    '1 event rule (no invocations)',
    '1 event setting',
    '1 domain (use the printed URL)',
  ]);
});

test('the line says that a function runs without its VPC', async () => {
  const { deployment, get } = await serve(({ resource }) =>
    setAttribute(resource, 'aws_lambda_function.function', 'vpc_config', { subnet_ids: ['${aws_subnet.a.id}'] }),
  );
  expect(deployment.inert).toEqual(['vpc_config of 1 function (served without a VPC)']);
  expect((await get('/pets')).status).toBe(200);
});

test('types of services that never decide about a response are left out, also in references', async () => {
  const types = [
    ...['aws_backup_framework', 'aws_backup_vault', 'aws_codedeploy_app', 'aws_codedeploy_deployment_group'],
    ...['aws_cloudwatch_event_api_destination', 'aws_cloudwatch_metric_stream', 'aws_kms_custom_key_store'],
    ...['aws_route53_key_signing_key', 'aws_acm_certificate', 'aws_sns_topic_data_protection_policy'],
    ...['aws_apigatewayv2_domain_name', 'aws_apigatewayv2_api_mapping', 'aws_budgets_budget'],
  ];
  await expectEverythingWorks(({ resource }) => {
    Object.assign(resource, Object.fromEntries(types.map((type) => [type, { a: { name: 'a' } }])));
    const arns = Object.fromEntries(types.map((type, index) => [`ARN_${index}`, `\${${type}.a.arn}`]));
    const variables = { TABLE_NAME: '${aws_dynamodb_table.pets.name}', ...arns };
    setAttribute(resource, 'aws_lambda_function.function', 'environment', { variables });
  });
});

test.each<[string, Readonly<Record<string, unknown>>]>([
  [
    'aws_lambda_function.function',
    {
      tracing_config: { mode: 'Active' },
      kms_key_arn: '${aws_kms_key.key.arn}',
      ephemeral_storage: { size: 1024 },
      dead_letter_config: { target_arn: '${aws_sqs_queue.dead.arn}' },
      publish: true,
      tags: { team: '${upper("pets")}' },
      description: '${lower("PETS")}',
      layers: [],
      vpc_config: null,
    },
  ],
  [
    'aws_dynamodb_table.pets',
    {
      on_demand_throughput: { max_read_request_units: 1000 },
      server_side_encryption: { enabled: true, kms_key_arn: '${aws_kms_key.key.arn}' },
      point_in_time_recovery: { enabled: true, recovery_period_in_days: 7 },
      stream_enabled: true,
      stream_view_type: 'KEYS_ONLY',
      replica: [{ region_name: 'eu-west-1' }],
      table_class: 'STANDARD',
      timeouts: { create: '5m' },
    },
  ],
  ['aws_iam_role.function', { permissions_boundary: '${aws_iam_policy.boundary.arn}', max_session_duration: 3600 }],
  ['aws_cloudwatch_log_group.function', { kms_key_id: '${aws_kms_key.key.arn}', log_group_class: 'STANDARD' }],
  ['aws_apigatewayv2_api.api', { description: 'pets', disable_execute_api_endpoint: true, version: '1' }],
  [
    'aws_apigatewayv2_stage.default',
    {
      access_log_settings: { destination_arn: '${aws_cloudwatch_log_group.function.arn}', format: '${jsonencode({})}' },
      default_route_settings: {
        detailed_metrics_enabled: true,
        throttling_rate_limit: 100,
        throttling_burst_limit: 50,
      },
      route_settings: [
        { route_key: 'GET /pets', data_trace_enabled: true, throttling_rate_limit: 9, throttling_burst_limit: 9 },
      ],
    },
  ],
])('attributes of %s have no effect', async (address, attributes) => {
  await expectEverythingWorks(({ resource }) => {
    Object.assign(resource, {
      aws_kms_key: { key: {} },
      aws_sqs_queue: { dead: {} },
      aws_iam_policy: {
        boundary: { policy: JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }) },
      },
    });
    for (const [name, value] of Object.entries(attributes)) setAttribute(resource, address, name, value);
  });
});

test('a function gets the id and ARN of a resource that is not simulated', async () => {
  const { deployment } = await serve(({ resource }) => {
    resource['aws_sns_topic'] = { jobs: { name: 'jobs' } };
    setAttribute(resource, 'aws_lambda_function.function', 'environment', {
      variables: { ARN: '${aws_sns_topic.jobs.arn}', NAME: '${aws_sns_topic.jobs.name}' },
    });
  });
  const environment = deployment.functions.find(({ name }) => name === 'pets-function')?.environment;
  expect(environment).toEqual({ ARN: expect.stringMatching(/^arn:aws:sns:us-east-1:\d{12}:\w+$/), NAME: 'jobs' });
});

test('statements about other services, and managed policies without DynamoDB, need no simulation', async () => {
  await expectEverythingWorks(({ resource, data }) => {
    resource['aws_sqs_queue'] = { dead: {} };
    const { statement } = data['aws_iam_policy_document']?.['function_permissions'] as { statement: object[] };
    statement.push({ actions: ['sqs:SendMessage'], resources: ['${aws_sqs_queue.dead.arn}'] });
    resource['aws_iam_role_policy_attachment'] = {
      logs: {
        role: '${aws_iam_role.function.name}',
        policy_arn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
      },
    };
  });
});

test('more providers, and settings of the AWS provider, have no effect', async () => {
  await expectEverythingWorks((template) => {
    Object.assign(template.provider['aws']?.[0] as object, { max_retries: 3, assume_role: [{}], default_tags: [{}] });
    template.provider['aws']?.push({ alias: 'global', region: 'us-east-1' });
    Object.assign(template.provider, { random: [{}] });
    Object.assign(template, { moved: [{ from: 'a', to: 'b' }] });
  });
});

test('an output that only AWS knows is left out', async () => {
  const { deployment } = await serve(({ output, resource }) => {
    resource['aws_acm_certificate'] = { main: { domain_name: 'example.com' } };
    output['options'] = { value: '${aws_acm_certificate.main.domain_validation_options}' };
    output['stream'] = { value: ['${aws_dynamodb_table.pets.stream_arn}'] };
    output['domain'] = { value: '${aws_acm_certificate.main.domain_name}' };
  });
  expect(Object.keys(deployment.outputs)).toEqual(['url', 'table_name', 'domain']);
  expect(deployment.outputs['domain']).toBe('example.com');
});
