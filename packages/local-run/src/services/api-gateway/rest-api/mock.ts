/** MOCK integrations of a REST API, which answer without a function: preflight requests, for example. */
import type { MockDeployment, MockResponse } from '../../../model/deployment';
import type { HttpResponse, Outcome } from '../gateway';
import { type GatewayRequest, headerValue } from '../request';
import { wholePattern } from '../whole-pattern';
import * as errors from './errors';
import { lastValues, parseQuery, readHeaders, type RestApiEvent } from './event';
import { withHeader } from './result';
import { parseTemplate } from './velocity/parser';
import { renderTemplate, type TemplateInput } from './velocity/render';

/**
 * Answers a request (API Gateway developer guide, "Set up mock integrations in API Gateway").
 * @param event the event that a function would get
 */
export function mockOutcome(mock: MockDeployment, request: GatewayRequest, event: RestApiEvent): Outcome {
  const input: TemplateInput = {
    headers: lastValues(readHeaders(request)),
    query: lastValues(parseQuery(request.rawQuery) ?? {}),
    pathParameters: (event['pathParameters'] ?? {}) as TemplateInput['pathParameters'],
    context: event.requestContext,
  };
  const type = mediaType(headerValue(request.rawHeaders, 'content-type'));
  const { requestTemplates, passthrough } = mock;
  const template = Object.hasOwn(requestTemplates, type) ? requestTemplates[type] : undefined;
  const hasTemplates = Object.keys(requestTemplates).length > 0;
  if (template === undefined && (passthrough === 'NEVER' || (passthrough === 'WHEN_NO_TEMPLATES' && hasTemplates))) {
    return errors.unsupportedMediaType(`the integration has no request template for ${type}`);
  }
  // Without a template, the body of the request takes its place.
  const text = template === undefined ? request.body.toString() : renderTemplate(parseTemplate(template), input).text;
  const status = statusCodeOf(text);
  if (status === undefined) return errors.internalError('the request template selects no statusCode');
  const selected = selectResponse(mock.responses, String(status));
  if (!selected) return errors.configurationError(`no integration response matches the status ${status}`);
  return { response: toResponse(selected, request, input) };
}

/** Reads the status that a template or a body selects. Names may be without quotes, as in `{statusCode: 200}`. */
function statusCodeOf(text: string): number | undefined {
  const [, digits] = /^\s*\{(?:.*,)?\s*["']?statusCode["']?\s*:\s*(\d{3})\s*(?:,.*)?\}\s*$/s.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** A response whose pattern matches the whole status precedes the response without a pattern. */
function selectResponse(responses: readonly MockResponse[], status: string): MockResponse | undefined {
  return (
    responses.find(({ pattern }) => pattern !== undefined && wholePattern(pattern).test(status)) ??
    responses.find(({ pattern }) => pattern === undefined)
  );
}

const JSON_TYPE = 'application/json';

function toResponse(selected: MockResponse, { rawHeaders }: GatewayRequest, input: TemplateInput): HttpResponse {
  const accepted = mediaType(headerValue(rawHeaders, 'accept'));
  const all = Object.entries(selected.templates);
  const [type, template] = all.find(([name]) => name === accepted) ??
    all.find(([name]) => name === JSON_TYPE) ??
    all[0] ?? [JSON_TYPE, ''];
  const rendered = renderTemplate(parseTemplate(template), input);
  const response: HttpResponse = {
    status: rendered.status ?? selected.status,
    headers: [['content-type', type]],
    body: rendered.text.trim() === '' ? '' : rendered.text,
  };
  const headers = Object.entries({ ...selected.headers, ...rendered.headers });
  return headers.reduce((result, [name, value]) => withHeader(result, name, value), response);
}

function mediaType(header = ''): string {
  const type = header.split(';')[0]?.trim().toLowerCase() ?? '';
  return type === '' ? JSON_TYPE : type;
}
