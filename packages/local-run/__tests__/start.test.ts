/** Requests that arrive while a run starts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { start, type StartOptions } from '../src/index';
import { send } from './support/http';
import { writePets } from './support/pets';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'start-'));
  writePets(path.join(folder, 'pets'), {
    source: "exports.handler = async () => ({ statusCode: 200, body: 'served' });",
  });
  const stacks = { pets: { name: 'pets', workingDirectory: 'pets' } };
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify({ stacks }));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Sends requests until the server accepts the connection. @returns the status */
async function firstStatus(port: number): Promise<number> {
  for (;;) {
    try {
      return (await send(`http://127.0.0.1:${port}`, 'GET', '/pets')).status;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error;
      await setTimeout(1);
    }
  }
}

test('a request that arrives before the run is ready waits, and is answered after that', async () => {
  const port = await freePort();
  const events: string[] = [];
  const status = firstStatus(port);
  const onRequest: StartOptions['onRequest'] = ({ path: target }) => events.push(target);
  const run = await start({ folder, synthesized: folder, port, onRequest });
  events.push('ready');
  expect(await status).toBe(200);
  await run.stop();
  expect(events).toEqual(['ready', '/pets']);
});
