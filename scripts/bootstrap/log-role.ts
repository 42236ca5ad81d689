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

/** The account and region whose settings are read. */
export interface LogRolePlace {
  readonly account: string;
  readonly region: string;
}

/**
 * Reads the role from the settings of API Gateway.
 * @param own ARN of the role in the state of the stack `state`; undefined when the stack has none
 * @throws Error when API Gateway or IAM do not answer
 */
export async function findLogRole({ account, region }: LogRolePlace, own?: string): Promise<FoundLogRole> {
  const arn = await readArn(region);
  if (arn === '') return { arn, owner: 'none' };
  // Without a look at IAM: a role that was created a moment ago may not be visible yet.
  if (arn === own) return { arn, owner: 'own' };
  // IAM shows only the roles of the credentials' account.
  const isOfAccount = arn.split(':')[4] === account;
  return { arn, owner: !isOfAccount || (await exists(arn, region)) ? 'foreign' : 'dead' };
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

/** Whether a role exists. A role that the credentials may not read counts as existing. @throws Error when IAM does not answer */
async function exists(arn: string, region: string): Promise<boolean> {
  try {
    await new IAMClient({ region }).send(new GetRoleCommand({ RoleName: arn.split('/').at(-1) }));
    return true;
  } catch (error) {
    if (error instanceof NoSuchEntityException) return false;
    const { name, message } = error as Error;
    if (name.startsWith('AccessDenied')) return true;
    throw new Error(`IAM cannot show the role ${arn}: ${name}: ${message}. Repeat npm run bootstrap.`);
  }
}

/** Refuses to replace the role of another owner. @throws Error with the role, and what to do */
export function refuseForeignLogRole({ apiGatewayLogRole, region }: Settings, { arn, owner }: FoundLogRole): void {
  if (apiGatewayLogRole !== 'CREATE' || owner !== 'foreign') return;
  throw new Error(
    `API Gateway in ${region} already writes access logs with the role ${arn}, which this stack did not create. Set ` +
      'apiGatewayLogRole to KEEP: the REST APIs of this project use that role too. If nobody needs that role, remove it from the ' +
      'settings of API Gateway, and repeat npm run bootstrap:\n' +
      `  aws apigateway update-account --region ${region} --patch-operations op=replace,path=/cloudwatchRoleArn,value=`,
  );
}
