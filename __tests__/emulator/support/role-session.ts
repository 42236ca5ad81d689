/** Assumes the pipeline's roles in the emulator, with tokens such as GitHub's. */
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, type Credentials, STSClient } from '@aws-sdk/client-sts';
import { ACCOUNT } from './calls/request';
import { clientOptions } from './clients';
import type { Environment } from './run';

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const ISSUER = 'https://token.actions.githubusercontent.com';

/** Assumes a role as a GitHub workflow does. @param subject for example `repo:acme/crud:environment:production` */
export async function assumeAsWorkflow(role: string, subject: string): Promise<SessionCredentials> {
  const sts = new STSClient(clientOptions());
  const claims = { iss: ISSUER, aud: 'sts.amazonaws.com', sub: subject };
  // The emulator does not check signatures.
  const token = [{ alg: 'RS256', typ: 'JWT' }, claims, {}]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const request = { RoleArn: arnOf(role), RoleSessionName: 'workflow', WebIdentityToken: token };
  const { Credentials } = await sts.send(new AssumeRoleWithWebIdentityCommand(request));
  sts.destroy();
  return read(Credentials);
}

/** Assumes a role that trusts its account. */
export async function assume(role: string): Promise<SessionCredentials> {
  const sts = new STSClient(clientOptions());
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: arnOf(role), RoleSessionName: 'test' }));
  sts.destroy();
  return read(Credentials);
}

/** The environment variables with which a command uses the credentials. */
export function sessionEnvironment({ accessKeyId, secretAccessKey, sessionToken }: SessionCredentials): Environment {
  return { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken };
}

function arnOf(role: string): string {
  return `arn:aws:iam::${ACCOUNT}:role/${role}`;
}

function read({
  AccessKeyId = '',
  SecretAccessKey = '',
  SessionToken = '',
}: Partial<Credentials> = {}): SessionCredentials {
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
