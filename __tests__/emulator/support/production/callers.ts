/** Requests of different callers to the deployed APIs, through their domain names. */
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { type ApiRequest, type ApiResponse, send } from '../api-client';
import { clientOptions } from '../clients';
import { TRUST_ACCOUNT } from '../escalations';
import { assume, type SessionCredentials } from '../role-session';

/** A request that creates an item of `doors` or `vaults`. */
export function creation(host: string, path: string): ApiRequest {
  const headers = { 'content-type': 'application/json' };
  return { host, method: 'POST', path, headers, body: JSON.stringify({ text: 'Hello' }) };
}

/** Adds headers to a request. */
export function withHeaders(plain: ApiRequest, headers: Record<string, string>): ApiRequest {
  return { ...plain, headers: { ...plain.headers, ...headers } };
}

export function withToken(plain: ApiRequest, token: string): ApiRequest {
  return withHeaders(plain, { authorization: `Bearer ${token}` });
}

/** Sends requests, one after the other. @returns the status of each */
export async function statusesOf<K extends string>(
  endpoint: string,
  requests: Readonly<Record<K, ApiRequest>>,
): Promise<Record<K, number>> {
  const statuses: [string, number][] = [];
  for (const [caller, plain] of Object.entries<ApiRequest>(requests))
    statuses.push([caller, (await send(endpoint, plain)).status]);
  return Object.fromEntries(statuses) as Record<K, number>;
}

/** Creates an item. @returns its path @throws Error unless the API answers 201 */
export async function createItem(endpoint: string, plain: ApiRequest): Promise<string> {
  const { status, body }: ApiResponse = await send(endpoint, plain);
  if (status !== 201) throw new Error(`POST ${plain.path} answered ${status}: ${body}`);
  const { doorId, vaultId } = JSON.parse(body) as Readonly<Record<string, string | undefined>>;
  return `${plain.path}/${doorId ?? vaultId}`;
}

/** Creates a role for the time of a callback. @param policy a policy document; without one, the role has no permissions */
export async function asRole<T>(
  RoleName: string,
  policy: string | undefined,
  use: (credentials: SessionCredentials) => Promise<T>,
): Promise<T> {
  const iam = new IAMClient(clientOptions());
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST_ACCOUNT }));
  const inline = { RoleName, PolicyName: 'all' };
  if (policy !== undefined) await iam.send(new PutRolePolicyCommand({ ...inline, PolicyDocument: policy }));
  try {
    return await use(await assume(RoleName));
  } finally {
    if (policy !== undefined) await iam.send(new DeleteRolePolicyCommand(inline));
    await iam.send(new DeleteRoleCommand({ RoleName }));
    iam.destroy();
  }
}
