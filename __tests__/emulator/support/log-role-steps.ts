/** The steps on the role with which API Gateway writes access logs. The account has one setting for each region. */
import { APIGatewayClient, GetAccountCommand, UpdateAccountCommand } from '@aws-sdk/client-api-gateway';
import { CreateRoleCommand, DeleteRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { clientOptions } from './clients';
import { progress } from './progress';
import { step } from './steps';
import type { Suite } from './suite';

const OTHER_ROLE = 'logs-of-another-team';

/** Reads the ARN of the role in the settings of API Gateway. @returns '' without a role */
export async function logRoleArn(): Promise<string> {
  const client = new APIGatewayClient(clientOptions());
  const { cloudwatchRoleArn = '' } = await client.send(new GetAccountCommand());
  client.destroy();
  return cloudwatchRoleArn;
}

async function setLogRole(value: string): Promise<void> {
  const client = new APIGatewayClient(clientOptions());
  const patchOperations = [{ op: 'replace' as const, path: '/cloudwatchRoleArn', value }];
  await client.send(new UpdateAccountCommand({ patchOperations }));
  client.destroy();
}

/** Adds the step. @param suite returns the target and the deployment; the step calls it when it runs */
export function addLogRoleSteps(suite: () => Suite): void {
  step('bootstrap has set the role for access logs, and refuses to replace the role of another owner', async () => {
    const { deployment, target } = suite();
    if (target.kind === 'aws') {
      progress('  skipped: the step would stop the access logs of other APIs in the account');
      return;
    }
    const own = await logRoleArn();
    expect(own).toMatch(new RegExp(`:role/${deployment.pipelineName('logs')}$`));
    const iam = new IAMClient(clientOptions());
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName: OTHER_ROLE,
        AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}',
      }),
    );
    const foreign = Role?.Arn ?? '';
    await setLogRole(foreign);
    const { status, output } = await deployment.startNpm('bootstrap').ended;
    expect({ status, kept: await logRoleArn() }).toEqual({ status: 1, kept: foreign });
    expect(output).toContain(`already writes access logs with the role ${foreign}`);
    await setLogRole(own);
    await iam.send(new DeleteRoleCommand({ RoleName: OTHER_ROLE }));
    iam.destroy();
  });
}
