/** Calls of functions to AWS services other than DynamoDB, with the clients of the SDK. */
import { APIGatewayClient, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsCall } from '../../../src/model/aws-call';
import { issueCredentials } from '../../../src/services/iam/credentials';
import { type OtherServices, startOtherServices } from '../../../src/services/other-services/server';

let services: OtherServices;
const calls: AwsCall[] = [];

beforeAll(async () => {
  services = await startOtherServices((call) => calls.push(call));
});

afterAll(() => services.stop());

beforeEach(() => void calls.splice(0));

const CALLER = {
  functionName: 'orders',
  functionArn: 'arn:aws:lambda:us-east-1:111122223333:function:orders',
  roleArn: 'arn:aws:iam::111122223333:role/service/orders-role',
};

const settings = () => ({
  region: 'us-east-1',
  endpoint: services.url,
  credentials: issueCredentials('run key', CALLER),
});

const SQS_URL = 'https://sqs.us-east-1.amazonaws.com/111122223333/orders';

test.each<[string, string, () => Promise<unknown>]>([
  [
    'sqs',
    'SendMessage',
    () => new SQSClient(settings()).send(new SendMessageCommand({ QueueUrl: SQS_URL, MessageBody: 'm' })),
  ],
  ['logs', 'DescribeLogGroups', () => new CloudWatchLogsClient(settings()).send(new DescribeLogGroupsCommand())],
  ['iam', 'ListRoles', () => new IAMClient(settings()).send(new ListRolesCommand())],
  ['apigateway', 'GET /restapis', () => new APIGatewayClient(settings()).send(new GetRestApisCommand())],
  [
    's3',
    'PutObject',
    () => new S3Client(settings()).send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'text' })),
  ],
])('%s:%s fails within a second with an error of the service', async (service, action, send) => {
  const startedAt = performance.now();
  const message = `The local run does not simulate ${service}:${action}. Start it with --aws-endpoint URL`;
  await expect(send()).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringContaining(message),
    $metadata: expect.objectContaining({ httpStatusCode: 501, attempts: 1 }),
  });
  expect(performance.now() - startedAt).toBeLessThan(1000);
  expect(calls).toEqual([{ service, action, functionName: 'orders', roleArn: CALLER.roleArn }]);
});

test('answers GetCallerIdentity with the role of the function', async () => {
  expect(await new STSClient(settings()).send(new GetCallerIdentityCommand())).toMatchObject({
    Account: '111122223333',
    Arn: 'arn:aws:sts::111122223333:assumed-role/orders-role/orders',
  });
  expect(calls).toEqual([]);
});

test('GetCallerIdentity fails without credentials of this run', async () => {
  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };
  const sent = new STSClient({ ...settings(), credentials }).send(new GetCallerIdentityCommand());
  await expect(sent).rejects.toMatchObject({ name: 'NotImplemented' });
  expect(calls).toEqual([{ service: 'sts', action: 'GetCallerIdentity', functionName: '', roleArn: '' }]);
});

test('answers clients that use CBOR', async () => {
  const response = await fetch(`${services.url}/service/GraniteServiceVersion20100801/operation/PutMetricData`, {
    method: 'POST',
    headers: {
      'smithy-protocol': 'rpc-v2-cbor',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIA/20261130/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0',
    },
  });
  expect(response.headers.get('smithy-protocol')).toBe('rpc-v2-cbor');
  const body = Buffer.from(await response.arrayBuffer());
  expect(body.subarray(0, 4)).toEqual(Buffer.from([0xa2, 0x79, 0, 6]));
  expect(body.toString()).toContain('does not simulate monitoring:PutMetricData.');
});

test('answers presigned URLs', async () => {
  const credential = encodeURIComponent('AKIA/20261130/us-east-1/s3/aws4_request');
  const response = await fetch(`${services.url}/bucket/key?X-Amz-Credential=${credential}&x-id=GetObject`);
  expect(response.status).toBe(501);
  expect(await response.text()).toContain(
    '<Error><Code>NotImplemented</Code><Message>The local run does not simulate s3:GetObject.',
  );
});
