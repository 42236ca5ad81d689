/**
 * The reasons for which checks of checkov may fail. `npm run check:security` refuses a reason that no failed check needs. The checks are
 * described at https://www.checkov.io/5.Policy%20Index/terraform.html.
 */
import type { SecurityException } from './verdict';

const AWS_KEY =
  'A key of AWS encrypts the data, without a price for each key and request. The setting kmsKey names or creates a key of the account.';
const OPEN_EXAMPLE =
  'The contract of the tutorial lets anybody call the route. The profile production asks for auth or a reason.';
/** The stack `state` is planned twice: see `securityApps`. */
const STATE_STACKS = ['state', 'state-with-created-key'];
const LOG_BUCKETS = STATE_STACKS.map((stack) => `${stack}.aws_s3_bucket.state_logs`);
const STATE_BUCKETS = [...STATE_STACKS.map((stack) => `${stack}.aws_s3_bucket.state`), ...LOG_BUCKETS];

export const EXCEPTIONS: readonly SecurityException[] = [
  // Encryption.
  { check: 'CKV_AWS_119', resource: 'aws_dynamodb_table', reason: AWS_KEY },
  { check: 'CKV_AWS_158', resource: 'aws_cloudwatch_log_group', reason: AWS_KEY },
  {
    check: 'CKV_AWS_26',
    resource: 'aws_sns_topic',
    reason: `${AWS_KEY} The topic contains only the names and figures of alarms.`,
  },
  { check: 'CKV_AWS_166', resource: 'aws_backup_vault', reason: AWS_KEY },
  ...STATE_BUCKETS.map((resource) => ({
    check: 'CKV_AWS_145',
    resource,
    reason:
      'S3 encrypts the objects with its own key. The setting stateKmsKey encrypts the states with a key of the account.',
  })),

  // Functions.
  {
    check: 'CKV_AWS_116',
    resource: 'aws_lambda_function',
    reason:
      'API Gateway invokes the functions and waits for the answer. Lambda uses a dead-letter queue only for asynchronous invocations.',
  },
  {
    check: 'CKV_AWS_117',
    resource: 'aws_lambda_function',
    reason:
      'The functions call only public endpoints of AWS, with TLS and signatures. A VPC would need paid endpoints for them.',
  },
  {
    check: 'CKV_AWS_272',
    resource: 'aws_lambda_function',
    reason:
      'The pipeline deploys only archives whose hashes are in the approved plan. AWS Signer would need a second approval process.',
  },

  // REST APIs.
  {
    check: 'CKV2_AWS_29',
    resource: 'aws_api_gateway_stage',
    reason:
      'Throttles, ceilings of the table and reserved concurrency limit what attackers cost. WAF has a price for each rule and request.',
  },
  {
    check: 'CKV2_AWS_4',
    resource: 'aws_api_gateway_stage',
    reason:
      'Execution logs contain headers and parts of bodies. The access log and the lines of the function have all that a search needs.',
  },
  {
    check: 'CKV2_AWS_51',
    resource: 'aws_api_gateway_stage',
    reason:
      'A client certificate identifies API Gateway to HTTP backends. These APIs invoke functions, which only API Gateway may invoke.',
  },
  {
    check: 'CKV2_AWS_53',
    resource: 'aws_api_gateway_method',
    reason:
      'API Gateway validates the bodies of routes with a body. The function validates paths and queries against the contract.',
  },
  {
    check: 'CKV_AWS_120',
    resource: 'aws_api_gateway_stage',
    reason:
      'A cache would answer with old items, has a price for each hour, and would not ask the function for the owner of an item.',
  },
  {
    check: 'CKV_AWS_225',
    resource: 'aws_api_gateway_method_settings',
    reason: 'The stage has no cache: see CKV_AWS_120.',
  },

  // The bucket of the states, and the bucket of its access log.
  ...STATE_BUCKETS.flatMap((resource) => [
    { check: 'CKV2_AWS_62', resource, reason: 'Nothing reacts to new states. The access log records each request.' },
    {
      check: 'CKV_AWS_144',
      resource,
      reason:
        'S3 stores the objects in three zones, and keeps old versions of states. A copy would bring secrets into another region.',
    },
  ]),
  ...LOG_BUCKETS.map((resource) => ({
    check: 'CKV_AWS_21',
    resource,
    reason:
      'S3 writes each object of the log once. The bucket policy lets only administrators and the pipeline delete them.',
  })),

  // The boundary of the functions' roles, which is also that of CodeDeploy's roles.
  ...STATE_STACKS.map((stack) => ({
    check: 'CKV_AWS_355',
    resource: `${stack}.aws_iam_policy.function_boundary`,
    reason:
      'CodeDeploy reads all alarms (cloudwatch:DescribeAlarms), as in its managed policy. A boundary alone grants no action to a role.',
  })),

  // Routes without credentials.
  ...['items', 'links', 'orders', 'todos'].map((stack) => ({
    check: 'CKV_AWS_309',
    resource: `${stack}.aws_apigatewayv2_route`,
    reason: OPEN_EXAMPLE,
  })),
  { check: 'CKV_AWS_59', resource: 'products.aws_api_gateway_method', reason: OPEN_EXAMPLE },
];
