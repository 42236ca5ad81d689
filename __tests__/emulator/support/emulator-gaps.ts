/**
 * The known differences between MiniStack 1.5.33 and AWS. The suites work around these differences only. They leave out what MiniStack
 * does not have: CORS headers on refusals of an HTTP API, the closed default endpoint of an API with a domain name, TLS, and DNS.
 */
import type { IncomingMessage } from 'node:http';
import type { AwsRequest } from './calls/request';

/**
 * Rewrites the body of a request for MiniStack. For CreateApiKey, the provider sends `"value": ""`, and AWS generates the key.
 * MiniStack refuses a `value` of fewer than 20 characters, and generates the key only without a `value`.
 */
export function bodyForMinistack({ method, url }: IncomingMessage, body: Buffer): Buffer {
  if (method !== 'POST' || url !== '/apikeys') return body;
  const { value, ...rest } = JSON.parse(body.toString()) as Record<string, unknown>;
  return value === '' ? Buffer.from(JSON.stringify(rest)) : body;
}

/** Whether the request is DeleteRouteSettings, for which MiniStack deletes the whole stage. The recorder answers it itself. */
export function isRouteSettingsRemoval({ method, url = '' }: IncomingMessage): boolean {
  return method === 'DELETE' && /^\/v2\/apis\/[^/]+\/stages\/[^/]+\/routesettings\//.test(url);
}

/**
 * Replaces the host of an API's URL with the emulator's. The provider itself makes the `invoke_url` of a REST API's stage, with
 * the host name of AWS.
 */
export function emulatorUrl(url: string, endpoint: string): string {
  const { port } = new URL(endpoint);
  return url.replace(
    /^https:\/\/([^.]+)\.execute-api\.[^/]+\.amazonaws\.com/,
    `http://$1.execute-api.localhost:${port}`,
  );
}

type Json = Readonly<Record<string, unknown>>;

/** Mends answers that would show as changes in each plan. */
export class AnswerGaps {
  /** The parameters of PutMetricAlarm, by the name of the alarm. */
  private readonly alarms = new Map<string, URLSearchParams>();

  /** @param answer the body of a successful answer */
  mend(request: AwsRequest, answer: Buffer): Buffer {
    const { service, method, path } = request;
    if (service === 'monitoring') return Buffer.from(this.mendAlarms(request, answer.toString()));
    if (service !== 'apigateway' || method !== 'GET') return answer;
    if (/^\/v2\/apis\/[^/]+\/authorizers\/[^/]+$/.test(path)) return mendJson(answer, authorizerOfAws);
    if (/^\/usageplans\/[^/]+$/.test(path)) return mendJson(answer, usagePlanOfAws);
    if (/\/methods\/[A-Z]+\/integration$/.test(path)) return mendJson(answer, integrationOfAws);
    return answer;
  }

  /** DescribeAlarms leaves out most fields of an alarm. */
  private mendAlarms({ form }: AwsRequest, answer: string): string {
    const name = form.get('AlarmName');
    if (form.get('Action') === 'PutMetricAlarm' && name !== null) this.alarms.set(name, form);
    if (form.get('Action') !== 'DescribeAlarms') return answer;
    const alarm = /<member><AlarmName>([^<]+)<\/AlarmName>(<AlarmArn>[^<]+<\/AlarmArn>).*?<\/member>/gs;
    return answer.replace(alarm, (member: string, found: string, arn: string) => {
      const parameters = this.alarms.get(found);
      return parameters ? `<member>${arn}${xmlOf([...parameters])}</member>` : member;
    });
  }
}

/** MiniStack adds a format to JWT authorizers, and an empty configuration of tokens to Lambda authorizers. */
function authorizerOfAws(authorizer: Json): Json {
  const { authorizerPayloadFormatVersion, jwtConfiguration, ...rest } = authorizer;
  return rest['authorizerType'] === 'JWT' ? { ...rest, jwtConfiguration } : { ...rest, authorizerPayloadFormatVersion };
}

/** An integration of the type MOCK has no method on AWS. */
function integrationOfAws(integration: Json): Json {
  const { httpMethod, ...rest } = integration;
  return rest['type'] === 'MOCK' ? rest : { ...rest, httpMethod };
}

/** A usage plan without a quota has no `quota` on AWS. MiniStack has an empty one. */
function usagePlanOfAws({ quota, ...rest }: Json): Json {
  return Object.keys(quota ?? {}).length > 0 ? { ...rest, quota } : rest;
}

function mendJson(answer: Buffer, mend: (value: Json) => Json): Buffer {
  return Buffer.from(JSON.stringify(mend(JSON.parse(answer.toString()) as Json)));
}

/** Writes parameters of the Query protocol as XML: `Dimensions.member.1.Name=x` becomes nested elements. */
function xmlOf(parameters: readonly (readonly [name: string, value: string])[]): string {
  const groups = new Map<string, [string, string][]>();
  for (const [name, value] of parameters) {
    const [first = '', second = '', ...rest] = name.split('.');
    const isMember = first === 'member';
    const group = isMember ? `member ${second}` : first;
    const inner = (isMember ? rest : [second, ...rest]).filter(Boolean).join('.');
    groups.set(group, [...(groups.get(group) ?? []), [inner, value]]);
  }
  return [...groups]
    .map(([group, entries]) => {
      const [tag = ''] = group.split(' ');
      const [[inner, value] = ['', '']] = entries;
      return `<${tag}>${inner === '' ? escapeXml(value) : xmlOf(entries)}</${tag}>`;
    })
    .join('');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
