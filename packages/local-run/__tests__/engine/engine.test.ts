/** Replaces stacks while requests are pending. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Dynamodb, startDynamodb } from '../../src/services/dynamodb/dynamodb';
import { ReloadBarrier } from '../../src/engine/reload-barrier';
import type { GuardRules } from '../../src/services/dynamodb/guard/rules';
import { TerraformStack } from '../../src/source/terraform-json/stack';
import { createEngine } from '../support/engine';
import { send } from '../support/http';
import { writePets } from '../support/pets';

/** A function that fails when its call to DynamoDB fails. */
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

test('the end of an old request does not remove the rules of stacks that are being applied', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'engine-'));
  // A function that calls this server waits until the test sends the response.
  const calls: ServerResponse[] = [];
  const slowDynamodb = createServer((_request, response) => void calls.push(response));
  await new Promise<void>((resolve) => void slowDynamodb.listen(0, '127.0.0.1', resolve));
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
      return { ...guarded, setRules, endpoint: `http://127.0.0.1:${(slowDynamodb.address() as AddressInfo).port}` };
    },
  };
  const engine = createEngine(dynamodb, new ReloadBarrier(1000), folder);
  const roles = (rules = posted.at(-1)) => (rules?.roles ?? []).map(({ arn }) => arn.split('/').at(-1));
  try {
    await engine.apply(stackOf('one', folder));
    const { url } = engine.deployments[0]?.outputs as { url: string };
    const response = send(url, 'GET', '/pets/a');
    while (calls.length === 0) await setTimeout(5);
    await engine.apply(stackOf('two', folder));
    // Setting the rules of the third stack takes 300 ms. The request ends during this time.
    slow = setTimeout(300);
    const applied = engine.apply(stackOf('three', folder));
    while (!roles().includes(role('three'))) await setTimeout(5);
    expect(roles()).toEqual([role('one'), role('two'), role('three')]);
    for (const call of calls) call.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
    expect((await response).status).toBe(500);
    await applied;
    expect(roles()).toContain(role('three'));
    while (roles().length > 1) await setTimeout(5);
    expect(roles()).toEqual([role('three')]);
  } finally {
    await engine.stop();
    await real.stop();
    slowDynamodb.closeAllConnections();
    slowDynamodb.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
