/** Calls AWS services for which the project has no SDK client. For an emulator only: requests have no TLS. */
import { type ApiResponse, send } from './api-client';
import { SUITE_AGENT } from './clients';
import { ADMINISTRATOR, signed } from './sign';

export interface ServiceRequest {
  readonly service: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * @param endpoint the emulator's URL
 * @returns the body
 * @throws Error when the service refuses the request; its name is the code of the error, for example `AccessDenied`
 */
export async function call(
  endpoint: string,
  { service, method, path, headers, body }: ServiceRequest,
  credentials = ADMINISTRATOR,
): Promise<string> {
  const request = {
    host: new URL(endpoint).host,
    method: method ?? 'POST',
    path: path ?? '/',
    headers: { 'user-agent': SUITE_AGENT, ...headers },
    ...(body !== undefined && { body }),
  };
  const { status, body: answer }: ApiResponse = await send(endpoint, await signed(request, service, credentials));
  if (status < 300) return answer;
  const [, name = 'Error'] = /<Code>(\w+)<|"__type": ?"(?:[^"#]+#)?(\w+)/.exec(answer)?.filter(Boolean) ?? [];
  throw Object.assign(new Error(`${service} answered ${status}: ${answer.slice(0, 500)}`), { name });
}

/** Calls a service with a JSON protocol. @param target for example `AWSCognitoIdentityProviderService.CreateUserPool` */
export async function callJson(endpoint: string, service: string, target: string, parameters: object): Promise<object> {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
  return JSON.parse(await call(endpoint, { service, headers, body: JSON.stringify(parameters) })) as object;
}

/** A request of the Query protocol, whose answer is XML. @param version the API's version, for example `2010-03-31` */
export function queryRequest(service: string, version: string, parameters: Record<string, string>): ServiceRequest {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { service, headers, body: new URLSearchParams({ Version: version, ...parameters }).toString() };
}
