/** The authorizer in docs/contract.md. */
import '../../support/contract/quiet-log';
import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from '@swc/core';
import * as authorizers from '../../../function/http/authorizer';
import { ROOT } from '../../support/local-run';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');

type Handler = (event: object, context: object) => Promise<object>;

/** Runs the example with the modules that it imports. */
function exampleHandler(): Handler {
  const page = readFileSync(path.join(ROOT, 'docs/contract.md'), 'utf8');
  const [, source = ''] = /#### Authorizers\n[^]*?```ts\n([^]*?)```/.exec(page) ?? [];
  const { code } = transformSync(source, { jsc: { parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } });
  const exported = {} as { readonly handler: Handler };
  const modules: Record<string, unknown> = {
    '../http/authorizer': authorizers,
    './public-key': { PUBLIC_KEY: publicKey },
  };
  const load = (name: string) => modules[name] ?? jest.requireActual<object>(name);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the code is a page of this repository
  const run = new Function('exports', 'require', code) as (exported: object, load: (name: string) => unknown) => void;
  run(exported, load);
  return exported.handler;
}

const session = (user: string, end: number) =>
  `${user}.${end}.${sign(null, Buffer.from(`${user}.${end}`), privateKey).toString('base64url')}`;

const decide = (header?: string) =>
  exampleHandler()(
    { routeKey: 'GET /notes', headers: { 'x-session': header }, requestContext: { requestId: 'r1' } },
    { awsRequestId: '1' },
  );

const SOON = Math.floor(Date.now() / 1000) + 60;

test('allows a signed session that has not ended, and passes its user on', async () => {
  expect(await decide(session('ada', SOON))).toEqual({ isAuthorized: true, context: { sub: 'ada' } });
});

test.each([
  ['a session that has ended', session('ada', SOON - 120)],
  ['the signature of another user', session('ada', SOON).replace('ada', 'bob')],
  ['the signature of another end', session('ada', SOON).replace(String(SOON), String(SOON + 1))],
  ['a session without a signature', `ada.${SOON}`],
  ['an empty header', ''],
  ['no header', undefined],
])('refuses %s', async (_, header) => {
  expect(await decide(header)).toEqual({ isAuthorized: false, context: {} });
});
