/** What answers for the stacks, and for those that they are exchanged for while requests are under way. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Dynamodb, startDynamodb } from '../../src/services/dynamodb/dynamodb';
import { ReloadBarrier } from '../../src/engine/reload-barrier';
import type { GuardRules } from '../../src/services/dynamodb/guard/rules';
import { Engine } from '../../src/engine/engine';
import { TerraformStack } from '../../src/source/terraform-json/stack';
import { send } from '../support/http';
import { writePets } from '../support/pets';

/** A function that fails when its call to DynamoDB does. */
const SOURCE = `exports.handler = async () => {
  const response = await fetch(process.env.AWS_ENDPOINT_URL_DYNAMODB);
  if (!response.ok) throw new Error('DynamoDB answered ' + response.status);
}`;

function stackOf(environment: string, folder: string): TerraformStack[] {
  const stack = path.join(folder, environment);
  writePets(stack, { prefix: `pets-${environment}`, source: SOURCE });
  return [new TerraformStack('pets', stack)];
}

const role = (environment: string) => `pets-${environment}-role`;

const nothing = () => undefined;
const engineOf = (dynamodb: Dynamodb, folder: string) =>
  new Engine(Promise.resolve(dynamodb), new ReloadBarrier(1000), {
    port: 0,
    folder: path.join(folder, 'functions'),
    onRequest: nothing,
    onCall: nothing,
    onLog: nothing,
    platformLog: false,
  });

test('rules of stacks that come are not set back by what is left of those before', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'engine-'));
  // A function that calls this waits until it is let go.
  const calls: ServerResponse[] = [];
  const silent = createServer((_request, response) => void calls.push(response));
  await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve));
  const real = await startDynamodb(undefined, (text) => console.error(text));
  const posted: GuardRules[] = [];
  let slow: Promise<unknown> = Promise.resolve();
  const dynamodb: Dynamodb = {
    ...real,
    startGuard: async (rules, onCall) => {
      const guarded = await real.startGuard(rules, onCall);
      const setRules = async (changed: GuardRules) => {
        posted.push(changed);
        await guarded.setRules(changed);
        await slow;
      };
      return { ...guarded, setRules, endpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` };
    },
  };
  const engine = engineOf(dynamodb, folder);
  const roles = (rules = posted.at(-1)) => (rules?.roles ?? []).map(({ arn }) => arn.split('/').at(-1));
  try {
    await engine.apply(stackOf('one', folder));
    const { url } = engine.deployments[0]?.outputs as { url: string };
    const answer = send(url, 'GET', '/pets/a');
    while (calls.length === 0) await setTimeout(5);
    await engine.apply(stackOf('two', folder));
    // The next one takes its time with the rules, and meanwhile the request ends.
    slow = setTimeout(300);
    const applied = engine.apply(stackOf('three', folder));
    while (!roles().includes(role('three'))) await setTimeout(5);
    expect(roles()).toEqual([role('one'), role('two'), role('three')]);
    for (const response of calls) response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
    expect((await answer).status).toBe(500);
    await applied;
    expect(roles()).toContain(role('three'));
    while (roles().length > 1) await setTimeout(5);
    expect(roles()).toEqual([role('three')]);
  } finally {
    await engine.stop();
    await real.stop();
    silent.closeAllConnections();
    silent.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
