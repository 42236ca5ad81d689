/** The steps on versions of functions: npm run rollback goes back to an older version, and a deployment goes forward again. */
import { readFileSync } from 'node:fs';
import { GetAliasCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { send } from './api-client';
import { clientOptions } from './clients';
import { emulatorUrl } from './emulator-gaps';
import { plannedChanges } from './plans';
import { progress } from './progress';
import { step } from './steps';
import type { Suite } from './suite';
import { OUTPUTS } from './target';

/** The settings of the last deployment. The version before it accepts larger bodies. */
export const CHANGED_SETTINGS = { MEMORY_MB: '512', SDK: 'stock', MAX_BODY_BYTES: '2000' };

/** The stack that answers requests before and after a rollback. */
const STACK = 'items';

/**
 * Adds the step.
 * @param suite returns the target and the deployment; the step calls it when it runs
 * @param stacks returns the deployed stacks
 */
export function addRollbackSteps(suite: () => Suite, stacks: () => readonly string[]): void {
  step('npm run rollback serves an older version, and the next deploy serves the newest again', async () => {
    const { deployment } = suite();
    if (!stacks().includes(STACK)) {
      progress(`  skipped: the project has no stack ${STACK}`);
      return;
    }
    const functionName = deployment.functionName(STACK);
    const before = await liveVersion(functionName);
    const older = String(Number(before) - 1);
    expect(await statusOfLargeBody(suite())).toBe(413);
    const printed = await asOperator(suite(), async () => {
      const refused = await deployment.startNpm('rollback', ['--to', '99', STACK]).ended;
      expect(refused.status).toBe(1);
      expect(refused.output).toContain(`${functionName} has no version 99`);
      expect(await liveVersion(functionName)).toBe(before);
      return deployment.npm('rollback', [STACK]);
    });
    expect(printed).toContain(`${functionName}: version ${older} is live now; it was version ${before}.`);
    expect(await liveVersion(functionName)).toBe(older);
    expect(await statusOfLargeBody(suite())).toBe(200);
    const deployed = await deployment.npm('deploy', ['--yes', STACK], CHANGED_SETTINGS);
    expect(plannedChanges(STACK)).toEqual([['aws_lambda_alias.function', ['update']]]);
    expect(deployed).toContain(
      `${STACK}: live of ${functionName} is at version ${older}, and the newest version is ${before}.`,
    );
    expect(await liveVersion(functionName)).toBe(before);
    expect(await statusOfLargeBody(suite())).toBe(413);
  });
}

/** Runs commands of a person, whose calls are not calls of the deploy role. */
async function asOperator<T>({ target }: Suite, run: () => Promise<T>): Promise<T> {
  if (!target.recorder) return run();
  const results: T[] = [];
  await target.recorder.during(async () => results.push(await run()));
  return results[0] as T;
}

/** Sends an item of 3,000 bytes. */
async function statusOfLargeBody({ target: { endpoint } }: Suite): Promise<number> {
  const outputs = JSON.parse(readFileSync(OUTPUTS, 'utf8')) as Record<string, { readonly url: string }>;
  const { url = '' } = outputs[STACK] ?? {};
  const { host } = new URL(endpoint === undefined ? url : emulatorUrl(url, endpoint));
  const body = JSON.stringify({ id: 'large', price: 1, name: 'x'.repeat(3000) });
  const headers = { 'content-type': 'application/json' };
  return (await send(endpoint, { host, method: 'PUT', path: '/items', headers, body })).status;
}

async function liveVersion(FunctionName: string): Promise<string | undefined> {
  const client = new LambdaClient(clientOptions());
  const { FunctionVersion } = await client.send(new GetAliasCommand({ FunctionName, Name: 'live' }));
  client.destroy();
  return FunctionVersion;
}
