/** The role with which API Gateway writes the access logs of all REST APIs in a region. The account has one setting for each region. */
import { APIGatewayClient, GetAccountCommand } from '@aws-sdk/client-api-gateway';
import { GetRoleCommand, IAMClient, NoSuchEntityException } from '@aws-sdk/client-iam';
import type { Settings } from '../../stacks/settings';

/**
 * The role in the settings of API Gateway. `none`: there is no role. `own`: the role of the stack `state`. `foreign`: a role of another
 * owner. `dead`: the role was deleted, so API Gateway writes no logs.
 */
export type LogRoleOwner = 'none' | 'own' | 'foreign' | 'dead';

export interface FoundLogRole {
  /** ARN of the role; empty without a role. */
  readonly arn: string;
  readonly owner: LogRoleOwner;
}

/**
 * Reads the role from the settings of API Gateway.
 * @param own ARN of the role in the state of the stack `state`; undefined when the stack has none
 */
export async function findLogRole(region: string, own?: string): Promise<FoundLogRole> {
  const arn = await readArn(region);
  if (arn === '') return { arn, owner: 'none' };
  if (!(await exists(arn, region))) return { arn, owner: 'dead' };
  return { arn, owner: arn === own ? 'own' : 'foreign' };
}

/** @returns '' without a role: API Gateway leaves the value out, and it is empty after Terraform has reset the settings */
async function readArn(region: string): Promise<string> {
  try {
    const { cloudwatchRoleArn } = await new APIGatewayClient({ region }).send(new GetAccountCommand());
    return cloudwatchRoleArn ?? '';
  } catch (error) {
    const { name, message } = error as Error;
    throw new Error(
      `The settings of API Gateway in ${region} cannot be read: ${name}: ${message}. Use credentials that may call ` +
        `apigateway:GET on arn:aws:apigateway:${region}::/account.`,
    );
  }
}

/** Whether a role exists. A role that the credentials may not read counts as existing. */
async function exists(arn: string, region: string): Promise<boolean> {
  try {
    await new IAMClient({ region }).send(new GetRoleCommand({ RoleName: arn.split('/').at(-1) }));
    return true;
  } catch (error) {
    return !(error instanceof NoSuchEntityException);
  }
}

/** Refuses to replace the role of another owner. @throws Error with the role, and what to do */
export function refuseForeignLogRole({ apiGatewayLogRole, region }: Settings, { arn, owner }: FoundLogRole): void {
  if (apiGatewayLogRole !== 'CREATE' || owner !== 'foreign') return;
  throw new Error(
    `API Gateway in ${region} already writes access logs with the role ${arn}, which this stack did not create. Set ` +
      'apiGatewayLogRole to KEEP: the REST APIs of this project use that role too. If nobody needs that role, remove it from the ' +
      'settings of API Gateway, and repeat npm run bootstrap.',
  );
}
