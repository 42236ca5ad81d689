/** What the guard refuses before it looks at any policy: credentials, signatures and requests that are not in order. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { failure, guardedTable, KINDS } from '../../../support/guarded-table';
import { send } from '../../../support/http';

const key = { id: { S: 'a' } };

describe.each(KINDS)('before %s', (kind) => {
  const table = guardedTable(kind);

  test.each([
    ['an access key of somewhere else', { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }, 'UnrecognizedClientException'],
    ['another session token', { sessionToken: 'x.y' }, 'UnrecognizedClientException'],
    ['no session token', { sessionToken: undefined }, 'UnrecognizedClientException'],
    ['another secret', { secretAccessKey: 'x'.repeat(40) }, 'InvalidSignatureException'],
  ])('%s', async (_name, credentials, error) => {
    await table.allow({ Action: 'dynamodb:*' });
    const get = new GetItemCommand({ TableName: 'items', Key: key });
    expect(await failure(table.client({ credentials }).send(get))).toMatchObject({ name: error, status: 400 });
    // Fetches what the other thread has reported.
    table.guarded.take('');
    expect(table.calls.at(-1)).toMatchObject({ decision: 'refused', operation: 'GetItem', status: 400 });
  });

  test('a role that is no longer there has no credentials', async () => {
    await table.guarded.apply({ roles: [], tables: [] });
    const get = new GetItemCommand({ TableName: 'items', Key: key });
    expect((await failure(table.client().send(get))).name).toBe('UnrecognizedClientException');
  });

  test.each([
    [{}, '{}', 'UnknownOperationException'],
    [{ 'x-amz-target': 'DynamoDB_20120810.ExecuteStatement' }, '{}', 'UnknownOperationException'],
    [{ 'x-amz-target': 'DynamoDB_20111205.GetItem' }, '{}', 'UnknownOperationException'],
    [{ 'x-amz-target': 'DynamoDB_20120810.GetItem' }, '{', 'SerializationException'],
    [{ 'x-amz-target': 'DynamoDB_20120810.GetItem' }, 'null', 'SerializationException'],
    [{ 'x-amz-target': 'DynamoDB_20120810.GetItem' }, '{}', 'MissingAuthenticationTokenException'],
    [
      { 'x-amz-target': 'DynamoDB_20120810.GetItem', authorization: 'AWS4-HMAC-SHA256 Credential=a' },
      '{}',
      'IncompleteSignatureException',
    ],
    [
      {
        'x-amz-target': 'DynamoDB_20120810.GetItem',
        authorization: 'AWS4-HMAC-SHA256 Credential=a/b/c/s3/aws4_request, SignedHeaders=host, Signature=0',
      },
      '{}',
      'InvalidSignatureException',
    ],
  ])('unsigned, by hand: %j %s: %s', async (headers, body, type) => {
    const answer = await send(table.guarded.endpoint, 'POST', '/', { headers, body });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ __type: `com.amazon.coral.service#${type}` });
  });
});
