/** MOCK integrations of a REST API, which answer without a function: preflight requests, for example. */
import type { MockDeployment, MockResponse } from '../../../model/deployment';
import type { HttpResponse, Outcome } from '../gateway';
import { type GatewayRequest, headerValue } from '../request';
import { wholePattern } from '../whole-pattern';
import * as errors from './errors';
import { lastValues, parseQuery, readHeaders, type RestApiEvent } from './event';
import { headerExpressionValue } from './header-expression';
import { mediaType, selectType } from './media-type';
import { withHeader } from './result';
import { parseTemplate } from './velocity/parser';
import { renderTemplate, type TemplateInput } from './velocity/render';
import type { Part } from './velocity/syntax';

/** A template, parsed, by its media type. */
type Templates = ReadonlyMap<string, readonly Part[]>;

interface ParsedResponse extends Pick<MockResponse, 'status' | 'headers'> {
  /** Undefined: the response for all statuses that no pattern matches. */
  readonly pattern: RegExp | undefined;
  readonly templates: Templates;
}

/** A MOCK integration with parsed templates: a browser sends a preflight request before most requests. */
export class MockIntegration {
  private readonly requestTemplates: Templates;
  private readonly responses: readonly ParsedResponse[];

  constructor(private readonly mock: MockDeployment) {
    this.requestTemplates = parseTemplates(mock.requestTemplates);
    this.responses = mock.responses.map(({ status, headers, pattern, templates }) => ({
      ...{ status, headers, templates: parseTemplates(templates) },
      pattern: pattern === undefined ? undefined : wholePattern(pattern),
    }));
  }

  /**
   * Answers a request (API Gateway developer guide, "Set up mock integrations in API Gateway").
   * @param event the event that a function would get
   */
  respond(request: GatewayRequest, event: RestApiEvent): Outcome {
    const input = inputOf(request, event);
    const type = mediaType(headerValue(request.rawHeaders, 'content-type'));
    const template = this.requestTemplates.get(type);
    if (template === undefined && this.refusesOthers()) {
      return errors.unsupportedMediaType(`the integration has no request template for ${type}`);
    }
    // Without a template, the body of the request takes its place.
    const text = template === undefined ? request.body.toString() : renderTemplate(template, input).text;
    const status = statusCodeOf(text);
    if (status === undefined) return errors.internalError('the request template selects no statusCode');
    const selected = this.selectResponse(String(status));
    if (!selected) return errors.configurationError(`no integration response matches the status ${status}`);
    return { response: toResponse(selected, request, { ...input, body: '' }) };
  }

  /** Whether the integration refuses requests without a template for their media type. */
  private refusesOthers(): boolean {
    const { passthrough } = this.mock;
    return passthrough === 'NEVER' || (passthrough === 'WHEN_NO_TEMPLATES' && this.requestTemplates.size > 0);
  }

  /** A response whose pattern matches the whole status precedes the response without a pattern. */
  private selectResponse(status: string): ParsedResponse | undefined {
    return (
      this.responses.find(({ pattern }) => pattern?.test(status)) ??
      this.responses.find(({ pattern }) => pattern === undefined)
    );
  }
}

function parseTemplates(templates: Readonly<Record<string, string>>): Templates {
  return new Map(Object.entries(templates).map(([type, template]) => [type, parseTemplate(template)]));
}

function inputOf(request: GatewayRequest, event: RestApiEvent): TemplateInput {
  return {
    headers: lastValues(readHeaders(request)),
    query: lastValues(parseQuery(request.rawQuery) ?? {}),
    pathParameters: (event['pathParameters'] ?? {}) as TemplateInput['pathParameters'],
    stageVariables: event.stageVariables ?? {},
    context: event.requestContext,
    body: request.body.toString(),
  };
}

/** Reads the status that a template or a body selects. Names may be without quotes, as in `{statusCode: 200}`. */
function statusCodeOf(text: string): number | undefined {
  const [, digits] = /^\s*\{(?:.*,)?\s*["']?statusCode["']?\s*:\s*(\d{3})\s*(?:,.*)?\}\s*$/s.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function toResponse(selected: ParsedResponse, { rawHeaders }: GatewayRequest, input: TemplateInput): HttpResponse {
  const type = selectType(selected.templates.keys(), headerValue(rawHeaders, 'accept'));
  const rendered = renderTemplate(selected.templates.get(type) ?? [], input);
  const response: HttpResponse = {
    status: rendered.status ?? selected.status,
    headers: [['content-type', type]],
    body: rendered.text.trim() === '' ? '' : rendered.text,
  };
  const mapped = Object.entries(selected.headers).flatMap(([name, expression]) => {
    const value = headerExpressionValue(expression, input);
    return value === undefined ? [] : [[name, value] as const];
  });
  const headers = [...mapped, ...Object.entries(rendered.headers)];
  return headers.reduce((result, [name, value]) => withHeader(result, name, value), response);
}
