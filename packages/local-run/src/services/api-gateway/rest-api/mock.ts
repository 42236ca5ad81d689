/** MOCK integrations of a REST API, which answer without a function: preflight requests, for example. */
import type { MockDeployment, MockResponse } from '../../../model/deployment';
import type { Outcome } from '../gateway';
import { type GatewayRequest, headerValue } from '../request';
import * as errors from './errors';

/**
 * Answers a request (API Gateway developer guide, "Set up mock integrations in API Gateway"). A response has no trace header
 * (localstack, response_enricher.py).
 */
export function mockOutcome(mock: MockDeployment, request: Pick<GatewayRequest, 'rawHeaders' | 'body'>): Outcome {
  const type = mediaType(headerValue(request.rawHeaders, 'content-type'));
  const { statuses, passthrough } = mock;
  const status = Object.hasOwn(statuses, type) ? statuses[type] : undefined;
  if (status !== undefined) return respond(mock, status, request);
  const passes = passthrough === 'WHEN_NO_MATCH' || (passthrough === 'WHEN_NO_TEMPLATES' && isEmpty(statuses));
  if (!passes) return errors.unsupportedMediaType(`the integration has no request template for ${type}`);
  // The body of the request takes the place of a template.
  const sent = statusCodeOf(request.body.toString());
  if (sent === undefined) return errors.internalError('the body of the request has no statusCode');
  return respond(mock, sent, request);
}

/** Reads the status that a template or a body selects. Names may be without quotes, as in `{statusCode: 200}`. */
export function statusCodeOf(template: string): number | undefined {
  const [, digits] = /^\s*\{(?:.*,)?\s*["']?statusCode["']?\s*:\s*(\d{3})\s*(?:,.*)?\}\s*$/s.exec(template) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function respond(
  { responses }: MockDeployment,
  status: number,
  { rawHeaders }: Pick<GatewayRequest, 'rawHeaders'>,
): Outcome {
  const selected = selectResponse(responses, String(status));
  if (!selected) return errors.configurationError(`no integration response matches the status ${status}`);
  const accepted = mediaType(headerValue(rawHeaders, 'accept'));
  const all = Object.entries(selected.templates);
  const [type, body] = all.find(([name]) => name === accepted) ??
    all.find(([name]) => name === JSON_TYPE) ??
    all[0] ?? [JSON_TYPE, ''];
  const headers = Object.entries(selected.headers);
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    response: {
      status: selected.status,
      headers: [...(hasType ? [] : [['content-type', type] as const]), ...headers],
      body,
    },
  };
}

/** A response whose pattern matches the whole status precedes the response without a pattern. */
function selectResponse(responses: readonly MockResponse[], status: string): MockResponse | undefined {
  return (
    responses.find(({ pattern }) => pattern !== undefined && new RegExp(`^(?:${pattern})$`).test(status)) ??
    responses.find(({ pattern }) => pattern === undefined)
  );
}

const JSON_TYPE = 'application/json';

function mediaType(header = ''): string {
  const type = header.split(';')[0]?.trim().toLowerCase() ?? '';
  return type === '' ? JSON_TYPE : type;
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}
