/** Tests calls that the guard refuses before it evaluates a policy: wrong credentials, wrong signatures and invalid requests. */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { BACKENDS, CALLER, failure, guardedTable } from '../../../support/guarded-table';
import { send } from '../../../support/http';

const key = { id: { S: 'a' } };

describe.each(BACKENDS)('in front of %s', (backend) => {
  const table = guardedTable(backend);

  test.each([
    ['an unknown access key', { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }, 'UnrecognizedClientException'],
    ['a wrong session token', { sessionToken: 'x.y' }, 'UnrecognizedClientException'],
    ['no session token', { sessionToken: undefined }, 'UnrecognizedClientException'],
    ['a wrong secret', { secretAccessKey: 'x'.repeat(40) }, 'InvalidSignatureException'],
  ])('refuses %s', async (_name, credentials, error) => {
    await table.setPolicy({ Action: 'dynamodb:*' });
    const get = new GetItemCommand({ TableName: 'pets', Key: key });
    expect(await failure(table.client({ credentials }).send(get))).toMatchObject({ name: error, status: 400 });
    // Receives the pending reports.
    table.guarded.takeCalls('');
    expect(table.calls.at(-1)).toMatchObject({ decision: 'refused', operation: 'GetItem', status: 400 });
  });

  test('refuses credentials whose role was removed', async () => {
    await table.guarded.setRules({ roles: [], tables: [] });
    const get = new GetItemCommand({ TableName: 'pets', Key: key });
    expect((await failure(table.client().send(get))).name).toBe('UnrecognizedClientException');
  });

  test.each([
    [{}, '{}', 'UnknownOperationException'],
    [{ 'x-amz-target': 'DynamoDB_20120810.ExecuteStatement' }, '{}', 'UnknownOperationException'],
    [{ 'x-amz-target': 'DynamoDB_20111205.GetItem' }, '{}', 'UnknownOperationException'],
    [{ 'x-amz-target': 'DynamoDB_20120810.GetItem' }, '{', 'SerializationException'],
    [{ 'x-amz-target': 'DynamoDB_20120810.GetItem' }, 'null', 'SerializationException'],
    [{ 'x-amz-target': 'DynamoDB_20120810.GetItem' }, '[]', 'SerializationException'],
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
  ])('headers %j and body %s get the error %s', async (headers, body, type) => {
    const answer = await send(table.guarded.endpoint, 'POST', '/', { headers, body });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ __type: `com.amazon.coral.service#${type}` });
  });

  test('refuses a body above 16 MB, and reports the call with its caller', async () => {
    const credentials = table.guarded.issueCredentials(CALLER);
    const item = { ...key, text: { S: 'x'.repeat(16 * 1024 * 1024) } };
    const put = new PutItemCommand({ TableName: 'pets', Item: item });
    expect((await failure(table.client({ credentials }).send(put))).status).toBe(413);
    expect(table.guarded.takeCalls(credentials.accessKeyId)).toMatchObject([
      { functionName: 'pets-function', operation: 'PutItem', decision: 'refused', status: 413 },
    ]);
  });

  test('reports that the header x-amz-target is missing', async () => {
    await send(table.guarded.endpoint, 'POST', '/', { body: '{}' });
    // Receives the pending reports.
    table.guarded.takeCalls('');
    expect(table.calls.at(-1)).toMatchObject({ operation: '', reason: 'the header x-amz-target is missing' });
  });
});
