/** The MCP server as .mcp.json and AGENTS.md configure it, against `npm start`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { startItemsRun } from '../support/items-run';
import { ROOT } from '../support/local-run';

interface Configuration {
  readonly mcpServers: Readonly<Record<string, { readonly command: string; readonly args: readonly string[] }>>;
}

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const configuration = JSON.parse(read('.mcp.json')) as Configuration;

test('AGENTS.md has the configuration of .mcp.json', () => {
  const [, snippet = ''] = /```json\n(.*?)```/s.exec(read('AGENTS.md')) ?? [];
  expect(JSON.parse(snippet)).toEqual(configuration);
});

test('sends a request to an API of npm start', async () => {
  const run = await startItemsRun();
  const [, consoleUrl = ''] = /console\n +(http:\S+)/.exec(run.printed()) ?? [];
  const { command = '', args = [] } = configuration.mcpServers['local-run'] ?? {};
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(new StdioClientTransport({ command, args: [...args, '--console', consoleUrl], cwd: ROOT }));
  const input = { method: 'PUT', path: '/items', body: { id: 'tea', price: 2, name: 'Tea' } };
  const { content } = await client.callTool({ name: 'send_request', arguments: input });
  const [{ text = '' } = {}] = content as { readonly text?: string }[];
  expect(JSON.parse(text)).toMatchObject({
    status: 200,
    request: { stack: 'items', route: 'PUT /items' },
    iam: [{ operation: 'PutItem', decision: 'allowed' }],
  });
  await client.close();
  await run.stop();
});
