/** Calls S3, SQS and DynamoDB, and prints the results as JSON: `node other-clients.js ENDPOINT`. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

const endpoint = process.argv[2] ?? '';
const credentials = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret' };
const options = { endpoint, region: 'eu-west-1', credentials };

async function main(): Promise<void> {
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const sqs = new SQSClient(options);
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(options));
  // Tools such as X-Ray add middleware.
  s3.middlewareStack.add((next) => (input) => next(input), { step: 'build' });
  await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'key', Body: 'content' }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'key' }));
  const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl: `${endpoint}/queue`, MessageBody: 'hello' }));
  const { Item } = await documents.send(new GetCommand({ TableName: 'items', Key: { id: 'a' } }));
  process.stdout.write(JSON.stringify({ object: await Body?.transformToString(), MessageId, Item }));
}

void main();
