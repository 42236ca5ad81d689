/** The endpoint of AWS services other than DynamoDB, as functions use it. */
import type { AwsCall } from '../../../src/model/aws-call';
import { type OtherServices, startOtherServices } from '../../../src/services/other-services/server';
import { createFunctionPools } from '../../support/function-pools';

let services: OtherServices;
const calls: AwsCall[] = [];
const pools = createFunctionPools();

beforeAll(async () => {
  services = await startOtherServices((call) => calls.push(call));
});

afterAll(async () => {
  await pools.stop();
  await services.stop();
});

const SOURCE = `
  const { SQSClient, ListQueuesCommand } = require(${JSON.stringify(require.resolve('@aws-sdk/client-sqs'))});
  exports.handler = async () => new SQSClient({}).send(new ListQueuesCommand({})).catch(({ name }) => name);`;

test("a function's SDK sends the calls to the endpoint, with the credentials of its role", async () => {
  const pool = pools.create(SOURCE, { awsEndpoint: services.url, timeoutMs: 20_000 });
  expect(JSON.parse((await pool.invoke({})).json)).toBe('NotImplemented');
  const roleArn = 'arn:aws:iam::000000000000:role/fn-role';
  expect(calls).toEqual([{ service: 'sqs', action: 'ListQueues', functionName: 'fn', roleArn }]);
});

test('a function may set the endpoint of a service', async () => {
  const source = 'exports.handler = async () => [process.env.AWS_ENDPOINT_URL, process.env.AWS_ENDPOINT_URL_SQS]';
  const environment = { AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:9324' };
  const pool = pools.create(source, { awsEndpoint: services.url, environment });
  expect(JSON.parse((await pool.invoke({})).json)).toEqual([services.url, 'http://127.0.0.1:9324']);
});
