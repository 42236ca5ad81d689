/** The steps on versions of functions: npm run rollback goes back to an older version, and a deployment goes forward again. */
import { GetAliasCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { clientOptions } from './clients';
import { plannedChanges } from './plans';
import { step } from './steps';
import type { Suite } from './suite';

/** The settings of the last deployment. */
const SETTINGS = { MEMORY_MB: '512', SDK: 'stock' };

/**
 * Adds the step.
 * @param suite returns the target and the deployment; the step calls it when it runs
 * @param stack returns the name of the stack
 */
export function addRollbackSteps(suite: () => Suite, stack: () => string): void {
  step('npm run rollback moves the alias to an older version, and the next deploy moves it forward', async () => {
    const { deployment } = suite();
    const functionName = deployment.functionName(stack());
    const before = await liveVersion(functionName);
    const refused = await deployment.startNpm('rollback', ['--to', '99', stack()]).ended;
    expect(refused.status).toBe(1);
    expect(refused.output).toContain(`${functionName} has no version 99, so nothing was moved.`);
    expect(await liveVersion(functionName)).toBe(before);
    const printed = await deployment.npm('rollback', [stack()]);
    const older = String(Number(before) - 1);
    expect(printed).toContain(`${functionName}: version ${older} is live now; it was version ${before}.`);
    expect(printed).toContain('The next plan shows a change of aws_lambda_alias.function');
    expect(await liveVersion(functionName)).toBe(older);
    await deployment.npm('plan', [stack()], SETTINGS);
    expect(plannedChanges(stack())).toEqual([['aws_lambda_alias.function', ['update']]]);
    await deployment.npm('deploy', ['--yes', stack()], SETTINGS);
    expect(await liveVersion(functionName)).toBe(before);
  });
}

async function liveVersion(FunctionName: string): Promise<string | undefined> {
  const client = new LambdaClient(clientOptions());
  const { FunctionVersion } = await client.send(new GetAliasCommand({ FunctionName, Name: 'live' }));
  client.destroy();
  return FunctionVersion;
}
