import { startDynamodb } from '../../../src/services/dynamodb/dynamodb';

test('stopping DynamoDB a second time does nothing', async () => {
  const faults: string[] = [];
  const dynamodb = await startDynamodb(undefined, (fault) => faults.push(fault));
  await dynamodb.stop();
  await dynamodb.stop();
  await expect(fetch(dynamodb.endpoint)).rejects.toThrow('fetch failed');
  expect(faults).toEqual([]);
});
