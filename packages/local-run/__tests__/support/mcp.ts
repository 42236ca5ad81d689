/** Starts a run of the stack `pets`, and `local-run mcp` with the client of the official SDK. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { Running } from '../../src/start-options';
import { start } from '../../src/index';
import { setAttribute } from './deployed-pets';
import { petsTemplate, type Template, writePets } from './pets';

export const COMMAND = path.join(__dirname, '../../bin/local-run.cjs');

/** DELETE calls UpdateItem, which the role does not grant. */
const SOURCE = `
const { DynamoDB } = require('@aws-sdk/client-dynamodb');
const table = new DynamoDB({});
const TableName = process.env.TABLE_NAME;
exports.handler = async ({ routeKey, pathParameters, body, headers }) => {
  console.info('serves ' + routeKey + ' with content type ' + headers['content-type']);
  const Key = { id: { S: pathParameters?.id ?? 'none' } };
  if (routeKey === 'GET /pets') return { statusCode: 200, body: 'x'.repeat(20000) };
  if (routeKey.startsWith('GET')) return (await table.getItem({ TableName, Key })).Item;
  if (routeKey.startsWith('PUT')) await table.putItem({ TableName, Item: JSON.parse(body) });
  else await table.updateItem({ TableName, Key });
  return { statusCode: 204 };
};`;

/** Callers of DELETE /pets/{id} need a token. */
function addJwtAuthorizer({ resource }: Template): void {
  resource['aws_apigatewayv2_authorizer'] = {
    jwt: {
      api_id: '${aws_apigatewayv2_api.api.id}',
      name: 'jwt',
      authorizer_type: 'JWT',
      identity_sources: ['$request.header.Authorization'],
      jwt_configuration: { issuer: 'https://id.example.com/', audience: ['pets'] },
    },
  };
  const route = 'aws_apigatewayv2_route.delete_pets_id';
  setAttribute(resource, route, 'authorization_type', 'JWT');
  setAttribute(resource, route, 'authorizer_id', '${aws_apigatewayv2_authorizer.jwt.id}');
  setAttribute(resource, route, 'authorization_scopes', ['pets:delete']);
}

export interface PetsRun {
  readonly run: Running;
  /** The folder of the app. */
  readonly folder: string;
  stop(): Promise<void>;
}

export async function startPetsRun(): Promise<PetsRun> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pets-run-'));
  const stack = path.join(folder, 'stacks/pets');
  mkdirSync(stack, { recursive: true });
  writePets(stack, { source: SOURCE });
  const template = petsTemplate({ source: SOURCE });
  addJwtAuthorizer(template);
  writeFileSync(path.join(stack, 'cdk.tf.json'), JSON.stringify(template));
  const stacks = { pets: { name: 'pets', workingDirectory: 'stacks/pets' } };
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify({ stacks }));
  const run = await start({ folder, synthesized: folder, port: 0, console: { port: 0 } });
  return {
    run,
    folder,
    stop: async () => {
      await run.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface ToolAnswer {
  readonly isError: boolean;
  readonly text: string;
  /** The parsed text; undefined when it is not JSON. */
  readonly json: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests assert its shape
}

export interface McpClient {
  readonly client: Client;
  call(name: string, input?: Readonly<Record<string, unknown>>): Promise<ToolAnswer>;
}

/** @param args the arguments after `local-run mcp` */
export async function connect(...args: readonly string[]): Promise<McpClient> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [COMMAND, 'mcp', ...args] }));
  return {
    client,
    call: async (name, input = {}) => {
      const result = await client.callTool({ name, arguments: input });
      const [content] = result.content as { readonly text: string }[];
      const text = content?.text ?? '';
      return { isError: result.isError === true, text, json: parseOrUndefined(text) };
    },
  };
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
