/**
 * Two operations of `examples/orders` as in the AWS tutorial: no log, no ETag, no Idempotency-Key, status 400 for every error.
 * The checks of its contract are written by hand.
 */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const TableName = process.env['TABLE_NAMES'];

interface Event {
  readonly routeKey: string;
  readonly pathParameters: { readonly customerId: string; readonly orderId: string };
  readonly body: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const SKU = /^[A-Z0-9-]+$/;
const STATUSES = ['open', 'paid', 'sent'];

function check(isValid: boolean, message: string): asserts isValid {
  if (!isValid) throw new Error(message);
}

function checkObject(value: unknown, fields: readonly string[]): Record<string, unknown> {
  check(typeof value === 'object' && value !== null && !Array.isArray(value), 'an object is expected');
  for (const name of Object.keys(value)) check(fields.includes(name), `${name} is unknown`);
  return value as Record<string, unknown>;
}

function checkLine(line: unknown): void {
  const { sku, quantity, price } = checkObject(line, ['sku', 'quantity', 'price']);
  check(typeof sku === 'string' && sku.length <= 40 && SKU.test(sku), 'sku is wrong');
  check(typeof quantity === 'number' && Number.isInteger(quantity) && quantity >= 1, 'quantity is wrong');
  check(typeof price === 'number' && price >= 0 && Math.round(price * 100) / 100 === price, 'price is wrong');
}

function checkOrder(body: unknown): Record<string, unknown> {
  const { status = 'open', lines } = checkObject(body, ['status', 'lines']);
  check(typeof status === 'string' && STATUSES.includes(status), 'status is wrong');
  check(Array.isArray(lines) && lines.length >= 1 && lines.length <= 100, 'lines is wrong');
  for (const line of lines) checkLine(line);
  return { status, lines };
}

async function serve({ routeKey, pathParameters, body }: Event): Promise<readonly [number, unknown]> {
  const { customerId, orderId } = pathParameters;
  switch (routeKey) {
    case 'POST /customers/{customerId}/orders': {
      check(UUID.test(customerId), 'customerId is wrong');
      const order = checkOrder(JSON.parse(body));
      const now = new Date().toISOString();
      const Item = { customerId, orderId: randomUUID(), ...order, createdAt: now, updatedAt: now, version: 1 };
      await client.send(new PutCommand({ TableName, Item }));
      return [201, Item];
    }
    case 'GET /customers/{customerId}/orders/{orderId}':
      return [200, (await client.send(new GetCommand({ TableName, Key: { customerId, orderId } }))).Item];
    default:
      throw new Error(`Unsupported route: ${routeKey}`);
  }
}

export const handler = async (event: Event): Promise<object> => {
  const headers = { 'content-type': 'application/json' };
  try {
    const [statusCode, body] = await serve(event);
    return { statusCode, headers, body: JSON.stringify(body) };
  } catch (error) {
    return { statusCode: 400, headers, body: JSON.stringify((error as Error).message) };
  }
};
