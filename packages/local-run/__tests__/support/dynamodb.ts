/** Starts dynalite with one table. */
import { type Dynamodb, startDynamodb } from '../../src/services/dynamodb/dynamodb';
import { createTable } from '../../src/services/dynamodb/tables';

/** @returns a DynamoDB in memory with the table `name`, whose partition key is `id` */
export async function startTable(name: string): Promise<Dynamodb> {
  const dynamodb = await startDynamodb(undefined, (fault) => console.error(fault));
  await createTable(dynamodb.endpoint, {
    name,
    keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    attributes: [{ AttributeName: 'id', AttributeType: 'S' }],
  });
  return dynamodb;
}
