/** Stand-ins run the programs of data sources, so other users of the machine must not reach them. */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { StandIn } from '../../src/stand-in/stand-in';

const folder = mkdtempSync(path.join(os.tmpdir(), 'sockets-'));
const start = () => StandIn.start({ types: [], folder, pathToWrite: (file) => file });
const { TMPDIR } = process.env;

afterEach(() => {
  if (TMPDIR === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = TMPDIR;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function addressesOf({ reattach }: StandIn) {
  const providers = JSON.parse(reattach) as Record<string, { Addr: { Network: string; String: string } }>;
  return Object.values(providers).map(({ Addr }) => Addr);
}

test('the servers listen in a folder that only this user can enter, and remove it', async () => {
  const standIn = await start();
  const addresses = addressesOf(standIn);
  expect(addresses.every(({ Network }) => Network === 'unix')).toBe(true);
  const [socketFolder = '', ...others] = new Set(addresses.map(({ String: socket }) => path.dirname(socket)));
  expect(others).toEqual([]);
  expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
  standIn.stop();
  expect(existsSync(socketFolder)).toBe(false);
});

test('the servers start with a long path of the folder for temporary files', async () => {
  process.env['TMPDIR'] = path.join(folder, 'x'.repeat(150));
  const standIn = await start();
  expect(addressesOf(standIn)[0]?.String.length).toBeLessThan(100);
  standIn.stop();
});
