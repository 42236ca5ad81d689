/** The tool `send_request`: sends a request to an API of the run, and reads how it went. */
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import type { RequestDetails } from '../../console/history';
import type { RouteDescription } from '../../console/stacks';
import type { SendResult } from '../../console/send';
import type { IssuedToken } from '../../services/tokens/issue';
import type { ConsoleClient } from '../console-client';
import { findRoute } from '../find-route';
import { defineTool, stackName } from '../tool';
import { readStacks } from './routes';

/** A function may write log lines shortly after its response. */
const LATE_LOGS_MS = 50;

const token = z.strictObject({
  sub: z.string().optional().describe('The caller. Default: example-user.'),
  scopes: z.array(z.string()).optional().describe('Default: the scopes that the route accepts.'),
  claims: z.record(z.string(), z.unknown()).optional().describe('Claims that are added or replaced.'),
  expiresInSeconds: z.number().int().optional().describe('Default: 3600. 0 or less: an expired token.'),
});

export const sendRequest = defineTool({
  name: 'send_request',
  title: 'Send a request',
  description:
    'Sends an HTTP request to an API of the local run. Returns status, headers, body and time of the response, and from the run: the ' +
    'matched route, the log lines of the function, the DynamoDB calls with the decisions of IAM, and the event and the result of Lambda. ' +
    'The request runs the code of the function, so it may change items.',
  input: z.strictObject({
    method: z.string().min(1).describe('GET, POST, PUT, PATCH, DELETE, ...'),
    path: z.string().min(1).describe('Path and query, URL-encoded: /items/a?limit=1. Or the URL of an API of the run.'),
    stack: stackName.describe('Needed only if the path fits routes of several stacks.'),
    api: z
      .string()
      .min(1)
      .optional()
      .describe('Terraform address of the API. Needed only if the stack has several APIs.'),
    headers: z.record(z.string(), z.string()).default({}).describe('Headers by name.'),
    body: z
      .union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())])
      .optional()
      .describe('A text is sent unchanged. An object or a list is sent as JSON.'),
    token: token
      .optional()
      .describe(
        'Adds a new JWT of the issuer of this run, for routes with a JWT or Cognito authorizer. {}: a valid token.',
      ),
  }),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
  run: async (console, { stack, body, headers, token: claims, ...target }) => {
    const found = findRoute(await readStacks(console, stack), target);
    const sent = {
      ...{ stack: found.stack, api: found.api, method: target.method.toUpperCase(), path: found.path },
      headers: {
        ...(body !== undefined && !hasHeader(headers, 'content-type') && { 'content-type': 'application/json' }),
        ...(claims && (await tokenHeader(console, found.stack, found.route, claims))),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    };
    const answer = await console.call<SendResult & { readonly number?: number }>('POST', '/api/send', 'status', sent);
    return describe(answer, await readDetails(console, answer.number));
  },
});

function hasHeader(headers: object, name: string): boolean {
  return Object.keys(headers).some((header) => header.toLowerCase() === name);
}

async function tokenHeader(
  console: ConsoleClient,
  stack: string,
  route: RouteDescription | undefined,
  { scopes, claims, ...options }: z.infer<typeof token>,
): Promise<Record<string, string>> {
  const { scopes: accepted, claims: accepts } = route?.token ?? {};
  const request = { stack, scopes: scopes ?? accepted, claims: { ...accepts, ...claims }, ...options };
  const issued = await console.call<IssuedToken>('POST', '/api/tokens', 'token', request);
  return { [route?.token?.header ?? 'authorization']: `Bearer ${issued.token}` };
}

async function readDetails(console: ConsoleClient, number: number | undefined): Promise<RequestDetails | undefined> {
  if (number === undefined) return undefined;
  await setTimeout(LATE_LOGS_MS);
  return console.get<RequestDetails>(`/api/requests/${number}`, 'number');
}

/** Large fields come last: the server shortens a result from its end. */
function describe({ status, milliseconds, headers, body }: SendResult, details: RequestDetails | undefined) {
  const response = {
    status,
    milliseconds: Math.round(milliseconds),
    headers: headers.map((pair) => pair.join(': ')),
    body,
  };
  if (!details) return response;
  const { number, stack, route, reason, fault, coldStart, calls, logs, event, result } = details;
  return {
    ...response,
    request: { number, stack, route, function: details.function, reason, fault, coldStart },
    iam: calls,
    logs,
    event,
    result,
  };
}
