/** The gateway responses of a REST API: status, headers and body of the errors of API Gateway itself. */
import type { GatewayResponseDeployment, GatewayResponseType } from '../../../model/deployment';
import type { Header, HttpResponse } from '../gateway';
import { type GatewayRequest, headerValue } from '../request';
import type { RestError } from './errors';
import { headerExpressionValue, variableText } from './header-expression';
import { selectType } from './media-type';
import { property } from './property';
import { withHeader } from './result';

/** The body of a gateway response without a template (API Gateway developer guide, "Gateway responses in API Gateway"). */
const DEFAULT_TEMPLATES: Readonly<Record<string, string>> = {
  'application/json': '{"message":$context.error.messageString}',
};

/** A variable of a template: `$context.error.message`. */
const VARIABLE = /\$(context|stageVariables|method\.request)((?:\.[A-Za-z0-9_-]+)+)/g;

/** The request that failed. */
interface FailedRequest {
  readonly request: Pick<GatewayRequest, 'rawHeaders' | 'rawQuery'>;
  /** The context variables of the request, without `error`. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly stageVariables?: Readonly<Record<string, string>> | undefined;
}

export class GatewayResponses {
  private readonly byType: ReadonlyMap<GatewayResponseType, GatewayResponseDeployment>;

  constructor(responses: readonly GatewayResponseDeployment[] = []) {
    this.byType = new Map(responses.map((response) => [response.type, response]));
  }

  /** @returns the response that the caller gets. Without a gateway response, it is the response of the error */
  apply({ response, error }: RestError, failed: FailedRequest): HttpResponse {
    const custom = this.find(error.type, response.status);
    if (!custom) return response;
    const variables = new Variables(failed, error, custom.type);
    const [contentType, template] = selectTemplate(custom.templates, failed.request);
    const headers = Object.entries(custom.headers).flatMap(([name, expression]): Header[] => {
      const value = variables.header(expression);
      return value === undefined ? [] : [[name, value]];
    });
    const body = variables.fill(template);
    const changed: HttpResponse = { ...response, status: custom.status ?? response.status, body };
    const all: Header[] = [['content-type', contentType], ...headers];
    return all.reduce((result, [name, value]) => withHeader(result, name, value), changed);
  }

  /** A type without a gateway response has DEFAULT_4XX or DEFAULT_5XX. */
  private find(type: GatewayResponseType | undefined, status: number): GatewayResponseDeployment | undefined {
    const exact = type === undefined ? undefined : this.byType.get(type);
    return exact ?? this.byType.get(status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  }
}

function selectTemplate(
  templates: Readonly<Record<string, string>>,
  { rawHeaders }: Pick<GatewayRequest, 'rawHeaders'>,
): readonly [contentType: string, template: string] {
  const all = Object.keys(templates).length > 0 ? templates : DEFAULT_TEMPLATES;
  const type = selectType(Object.keys(all), headerValue(rawHeaders, 'accept'));
  return [type, all[type] ?? ''];
}

class Variables {
  private readonly context: Readonly<Record<string, unknown>>;

  constructor(
    private readonly failed: FailedRequest,
    { type, message, authorizer }: RestError['error'],
    customType: GatewayResponseType,
  ) {
    const responseType = type ?? customType;
    const error = { message: message ?? '', messageString: JSON.stringify(message), responseType };
    this.context = { ...failed.context, ...(authorizer && { authorizer }), error };
  }

  /** Replaces the variables of a template. A variable without a value becomes empty. */
  fill(template: string): string {
    return template.replace(VARIABLE, (_, kind: string, path: string) => this.value(kind, path) ?? '');
  }

  /** @param expression `'text'`, `context.requestId` or `method.request.header.Origin` */
  header(expression: string): string | undefined {
    const [, path = ''] = /^method\.request(\..+)$/.exec(expression) ?? [];
    if (path !== '') return this.value('method.request', path);
    return headerExpressionValue(expression, { context: this.context, stageVariables: this.failed.stageVariables });
  }

  /** @param path names after the kind, each with a dot before it */
  private value(kind: string, path: string): string | undefined {
    const names = path.slice(1).split('.');
    if (kind === 'method.request') return this.requestValue(names);
    const variables = kind === 'context' ? this.context : (this.failed.stageVariables ?? {});
    return variableText(names.reduce<unknown>(property, variables));
  }

  private requestValue([place = '', ...rest]: readonly string[]): string | undefined {
    const name = rest.join('.');
    const { request, pathParameters } = this.failed;
    if (place === 'header') return headerValue(request.rawHeaders, name.toLowerCase());
    if (place === 'path') return pathParameters[name];
    return place === 'querystring'
      ? (new URLSearchParams(request.rawQuery).getAll(name).at(-1) ?? undefined)
      : undefined;
  }
}
