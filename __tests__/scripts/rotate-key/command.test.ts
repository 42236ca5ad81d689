/** `npm run rotate-key`, run as a command with a local state. */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { JITI } from '../../support/local-run';
import { copyProject, type ProjectCopy } from '../../support/project-copy';

let copy: ProjectCopy;

const key = (name: string, value: string) => ({
  mode: 'managed',
  type: 'aws_api_gateway_api_key',
  name,
  instances: [{ attributes: { id: `id-${name}`, value } }],
});

beforeAll(() => {
  copy = copyProject();
  const state = { resources: [key('key', 'secret-a'), key('key_b', 'secret-b')] };
  writeFileSync(path.join(copy.root, 'terraform.manager.tfstate'), JSON.stringify(state));
});
afterAll(() => rmSync(copy.root, { recursive: true }));

function rotateKey(args: readonly string[], apiKeys = '{"manager":["a","b"]}') {
  const env = { ...process.env, CI: '', STATE_BUCKET: '', API_KEYS: apiKeys };
  const options = { cwd: copy.root, encoding: 'utf8', env } as const;
  return spawnSync(process.execPath, [JITI, 'scripts/rotate-key.ts', ...args], options);
}

test('says the next step, without the values of keys', () => {
  const { status, stdout } = rotateKey(['manager']);
  expect(status).toBe(0);
  expect(stdout).toContain('Step 2 of 3. Both keys work.');
  expect(stdout).not.toContain('secret');
});

test.each([
  ['{"manager":["a","b"]}', 'secret-b'],
  ['{"manager":["b","a"]}', 'secret-a'],
  ['{"manager":["a","c"]}', 'secret-a'],
  ['', 'secret-a'],
])('--show with the setting %s prints the newest deployed key and nothing else', (apiKeys, value) => {
  expect(rotateKey(['manager', '--show'], apiKeys)).toMatchObject({ status: 0, stdout: `${value}\n` });
});

test.each([
  [[], /Name one stack: npm run rotate-key -- STACK/],
  [['manager', 'items'], /Name one stack/],
  [['parts'], /The stack parts is not deployed: there is no terraform\.parts\.tfstate\./],
])('refuses the arguments %j', (args, message) => {
  const { status, stderr } = rotateKey(args);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
});
