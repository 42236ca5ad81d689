/** The callers of routes with AWS_IAM, as events name them. */
import { createHash } from 'node:crypto';
import { ACCOUNT_ID } from '../../../model/account';
import { assumedRoleArn, type Session } from '../../iam/credentials';

export interface CallerIdentity {
  readonly accessKey: string;
  readonly accountId: string;
  /** The user and the session: `AROALOCALRUN0000000:pets-function`. */
  readonly userId: string;
  readonly userArn: string;
}

/** The made-up user of credentials that this run did not issue. */
export function foreignIdentity(accessKey: string): CallerIdentity {
  const userId = 'AIDALOCALRUN000000000';
  return { accessKey, accountId: ACCOUNT_ID, userId, userArn: `arn:aws:iam::${ACCOUNT_ID}:user/local-run` };
}

/** The assumed role of a function. */
export function roleIdentity(session: Session): CallerIdentity {
  const { accessKeyId, roleArn, functionName } = session;
  const [, , , , accountId = ''] = roleArn.split(':');
  const userId = `${roleId(roleArn)}:${functionName}`;
  return { accessKey: accessKeyId, accountId, userId, userArn: assumedRoleArn(session) };
}

/** AWS makes up the id of a role. Here it depends on the ARN only. */
function roleId(roleArn: string): string {
  return `AROA${createHash('sha256').update(roleArn).digest('hex').slice(0, 17).toUpperCase()}`;
}

/** `requestContext.authorizer` of an HTTP API (recorded: Powertools for AWS Lambda, apigw-http/iam-auth.json). */
export function httpIamContext({ userId, ...identity }: CallerIdentity): object {
  const iam = { ...identity, userId, callerId: userId, cognitoIdentity: null, principalOrgId: null };
  return { iam };
}

/** Fields of `requestContext.identity` of a REST API. */
export function restIamIdentity({ userId, ...identity }: CallerIdentity): object {
  return { ...identity, caller: userId, user: userId };
}
