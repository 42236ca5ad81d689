/**
 * AWS managed policies, as far as they concern DynamoDB (AWS Managed Policy Reference). The local run evaluates no other service
 * of a role's policies.
 */

/** The ARN of an AWS managed policy without its path and name. Partitions: `aws`, `aws-cn`, `aws-us-gov`. */
const AWS_POLICY = /^arn:aws[a-z-]*:iam::aws:policy\//;

/** Policies without an action of DynamoDB. */
const WITHOUT_DYNAMODB = [
  ...['service-role/AWSLambdaBasicExecutionRole', 'service-role/AWSLambdaVPCAccessExecutionRole'],
  ...['service-role/AWSLambdaENIManagementAccess', 'service-role/AWSLambdaKinesisExecutionRole'],
  ...['service-role/AWSLambdaMSKExecutionRole', 'service-role/AWSLambdaRole'],
  ...['service-role/AWSLambdaSQSQueueExecutionRole', 'service-role/AmazonAPIGatewayPushToCloudWatchLogs'],
  ...['AWSLambdaExecute', 'AWSLambda_FullAccess', 'AWSLambda_ReadOnlyAccess', 'AWSXRayDaemonWriteAccess'],
  ...['AWSXrayFullAccess', 'AWSXrayReadOnlyAccess', 'AWSXrayWriteOnlyAccess'],
  ...['CloudWatchLambdaApplicationSignalsExecutionRolePolicy', 'CloudWatchLambdaInsightsExecutionRolePolicy'],
  ...['CloudWatchAgentServerPolicy', 'CloudWatchFullAccess', 'CloudWatchFullAccessV2', 'CloudWatchLogsFullAccess'],
  ...['CloudWatchLogsReadOnlyAccess', 'AmazonS3FullAccess', 'AmazonS3ReadOnlyAccess', 'AmazonSESFullAccess'],
  ...['AmazonSNSFullAccess', 'AmazonSNSReadOnlyAccess', 'AmazonSQSFullAccess', 'AmazonSQSReadOnlyAccess'],
  ...['AmazonSSMFullAccess', 'AmazonSSMReadOnlyAccess', 'SecretsManagerReadWrite', 'AmazonCognitoPowerUser'],
  ...['AmazonCognitoReadOnly', 'AmazonEventBridgeFullAccess', 'AmazonKinesisFullAccess', 'AWSStepFunctionsFullAccess'],
  ...['AmazonAPIGatewayInvokeFullAccess', 'AmazonAPIGatewayAdministrator'],
];

interface ManagedStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: readonly string[];
}

const allow = (...names: readonly string[]): ManagedStatement => ({
  Effect: 'Allow',
  Action: names.map((name) => `dynamodb:${name}`),
});

/** The statement about DynamoDB, by policy. Each applies to all resources. */
const WITH_DYNAMODB: Readonly<Record<string, ManagedStatement>> = {
  AdministratorAccess: { Effect: 'Allow', Action: '*' },
  AmazonDynamoDBFullAccess: allow('*'),
  AmazonDynamoDBFullAccess_v2: allow('*'),
  AmazonDynamoDBReadOnlyAccess: allow(
    ...['BatchGetItem', 'Describe*', 'List*', 'GetAbacStatus', 'GetItem', 'GetResourcePolicy', 'Query', 'Scan'],
    'PartiQLSelect',
  ),
  AWSDenyAll: { Effect: 'Deny', Action: '*' },
  AWSLambdaFullAccess: allow('*'),
  'AWSLambdaInvocation-DynamoDB': allow('DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'),
  PowerUserAccess: { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'] },
  ReadOnlyAccess: allow('BatchGet*', 'Describe*', 'Get*', 'List*', 'PartiQLSelect', 'Query', 'Scan'),
  'service-role/AWSLambdaDynamoDBExecutionRole': allow(
    ...['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'],
  ),
};

/** The names of the AWS managed policies that the local run evaluates. */
export const AWS_MANAGED_POLICIES: readonly string[] = [...WITHOUT_DYNAMODB, ...Object.keys(WITH_DYNAMODB)].sort();

/**
 * @param arn `arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess`
 * @returns the policy as JSON text, with its statements about DynamoDB; undefined for another policy
 */
export function awsManagedPolicy(arn: string): string | undefined {
  if (!AWS_POLICY.test(arn)) return undefined;
  const name = arn.replace(AWS_POLICY, '');
  const statement = Object.hasOwn(WITH_DYNAMODB, name) ? WITH_DYNAMODB[name] : undefined;
  if (!statement && !WITHOUT_DYNAMODB.includes(name)) return undefined;
  const document = statement ?? { Effect: 'Allow', Action: 'logs:*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...document, Resource: '*' }] });
}
