/**
 * The operations of `items` without an SDK: requests with node:https, and a signature in a few lines. It has no retries and no
 * time limits, and supports only strings and numbers.
 */
import { createHash, createHmac } from 'node:crypto';
import https from 'node:https';

type Attributes = Record<string, { readonly S?: string; readonly N?: string }>;
type Item = Readonly<Record<string, unknown>>;

const { AWS_REGION: region = '', TABLE_NAMES: TableName, AWS_ENDPOINT_URL_DYNAMODB: endpoint = '' } = process.env;
const url = new URL(endpoint);
const agent = new https.Agent({ keepAlive: true });
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

let key: Buffer | undefined;
let keyDay = '';

function signedHeaders(target: string, body: string): Record<string, string> {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token = '' } = process.env;
  const date = new Date().toISOString().replace(/[:-]|\.\d{3}/g, '');
  const day = date.slice(0, 8);
  if (!key || keyDay !== day) {
    key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), 'dynamodb'), 'aws4_request');
    keyDay = day;
  }
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    host: url.host,
    'x-amz-date': date,
    'x-amz-security-token': token,
    'x-amz-target': `DynamoDB_20120810.${target}`,
  };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const scope = `${day}/${region}/dynamodb/aws4_request`;
  const canonical = `POST\n/\n\n${lines.join('')}\n${names}\n${sha256(body)}`;
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization, 'content-length': String(Buffer.byteLength(body)) };
}

function call(target: string, input: object): Promise<{ readonly Item?: Attributes; readonly Items?: Attributes[] }> {
  const body = JSON.stringify({ TableName, ...input });
  return new Promise((resolve, reject) => {
    const { hostname: host, port } = url;
    const options = { agent, host, port, method: 'POST', path: '/', headers: signedHeaders(target, body) };
    const request = https.request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) resolve(JSON.parse(text) as object);
        else reject(new Error(text));
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

const marshall = (item: Item) =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      typeof value === 'number' ? { N: String(value) } : { S: value },
    ]),
  );

const unmarshall = (attributes: Attributes) =>
  Object.fromEntries(Object.entries(attributes).map(([name, { S, N }]) => [name, N === undefined ? S : Number(N)]));

interface Event {
  readonly routeKey: string;
  readonly pathParameters: { readonly id: string };
  readonly body: string;
}

async function serve({ routeKey, pathParameters, body }: Event): Promise<unknown> {
  switch (routeKey) {
    case 'PUT /items':
      await call('PutItem', { Item: marshall(JSON.parse(body) as Item) });
      return `Put item ${String((JSON.parse(body) as Item)['id'])}`;
    case 'GET /items/{id}': {
      const { Item = {} } = await call('GetItem', { Key: marshall(pathParameters) });
      return { Item: unmarshall(Item) };
    }
    case 'GET /items':
      return { Items: (await call('Scan', {})).Items?.map(unmarshall) };
    default:
      await call('DeleteItem', { Key: marshall(pathParameters) });
      return `Deleted item ${pathParameters.id}`;
  }
}

export const handler = async (event: Event): Promise<object> => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(await serve(event)),
});
