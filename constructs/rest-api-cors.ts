/**
 * CORS of a REST API. A method OPTIONS of each path answers preflight requests without a function, and gateway responses add
 * headers to the errors of API Gateway. Functions set the headers of their own responses: see function/http/cors.ts.
 */
import { ApiGatewayGatewayResponse } from '@cdktf/provider-aws/lib/api-gateway-gateway-response';
import { ApiGatewayIntegration } from '@cdktf/provider-aws/lib/api-gateway-integration';
import { ApiGatewayIntegrationResponse } from '@cdktf/provider-aws/lib/api-gateway-integration-response';
import { ApiGatewayMethod } from '@cdktf/provider-aws/lib/api-gateway-method';
import { ApiGatewayMethodResponse } from '@cdktf/provider-aws/lib/api-gateway-method-response';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Cors } from './cors';
import { literal } from './literal';
import { named } from './named';
import { routeName } from './route-name';

export interface RestApiCorsProps {
  readonly restApiId: string;
  readonly cors: Cors;
  /** The paths of the API, each with the id of its resource and the methods that pages may use. */
  readonly paths: readonly {
    readonly path: string;
    readonly resourceId: string;
    readonly methods: readonly string[];
  }[];
}

/** Status of the answer to a preflight request, as in HTTP APIs. */
const PREFLIGHT_STATUS = '204';

/** The body of a gateway response that has no template of its own, as API Gateway sets it. */
const ERROR_TEMPLATES = { 'application/json': '{"message":$context.error.messageString}' };

export class RestApiCors extends Construct {
  /** The resources that a deployment of the API must contain. */
  readonly deployed: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RestApiCorsProps,
  ) {
    super(scope, id);
    const errors = (['DEFAULT_4XX', 'DEFAULT_5XX'] as const).map((type) => this.createErrorResponse(type));
    this.deployed = [...props.paths.flatMap((path) => this.createPreflight(path)), ...errors];
  }

  private createPreflight({ path, resourceId, methods }: RestApiCorsProps['paths'][number]): ITerraformDependable[] {
    const { restApiId, cors } = this.props;
    const name = routeName({ method: 'OPTIONS', path });
    const headers = preflightHeaders(cors, methods);
    const target = { restApiId, resourceId };
    // Browsers send no credentials with a preflight request.
    const method = named(
      new ApiGatewayMethod(this, `method ${name}`, {
        ...target,
        httpMethod: 'OPTIONS',
        authorization: 'NONE',
      }),
      name,
    );
    const integration = named(
      new ApiGatewayIntegration(this, `integration ${name}`, {
        ...target,
        httpMethod: method.httpMethod,
        type: 'MOCK',
        requestTemplates: { 'application/json': `{"statusCode":${PREFLIGHT_STATUS}}` },
      }),
      name,
    );
    const methodResponse = named(
      new ApiGatewayMethodResponse(this, `method-response ${name}`, {
        ...target,
        httpMethod: method.httpMethod,
        statusCode: PREFLIGHT_STATUS,
        responseParameters: Object.fromEntries(Object.keys(headers).map((header) => [responseHeader(header), true])),
      }),
      name,
    );
    const template = originTemplate(cors.origins);
    const integrationResponse = named(
      new ApiGatewayIntegrationResponse(this, `integration-response ${name}`, {
        ...target,
        // The reference makes Terraform create the integration first.
        httpMethod: integration.httpMethod,
        statusCode: methodResponse.statusCode,
        responseParameters: Object.fromEntries(
          Object.entries(headers).map(([header, value]) => [responseHeader(header), quoted(value)]),
        ),
        ...(template !== undefined && { responseTemplates: { 'application/json': template } }),
      }),
      name,
    );
    return [method, integration, methodResponse, integrationResponse];
  }

  /**
   * Adds headers to errors of one class. Gateway responses have no conditions (API Gateway developer guide, "Gateway responses for REST
   * APIs"), so they cannot choose one of several origins. With several origins, pages of all origins can read the errors, which contain no
   * data of callers. Pages that send credentials cannot read them then.
   */
  private createErrorResponse(responseType: 'DEFAULT_4XX' | 'DEFAULT_5XX'): ApiGatewayGatewayResponse {
    const { restApiId, cors } = this.props;
    const [origin = '*', ...others] = cors.origins;
    const headers = {
      'Access-Control-Allow-Origin': others.length > 0 ? '*' : origin,
      'Access-Control-Expose-Headers': cors.exposedHeaders.join(),
      ...(others.length === 0 && credentialsHeader(cors)),
    };
    const response = new ApiGatewayGatewayResponse(this, responseType, {
      restApiId,
      responseType,
      responseParameters: Object.fromEntries(
        Object.entries(headers).map(([header, value]) => [`gatewayresponse.header.${header}`, quoted(value)]),
      ),
      // API Gateway would set the same template, and each plan would remove it.
      responseTemplates: ERROR_TEMPLATES,
    });
    return named(response, responseType.toLowerCase());
  }
}

function preflightHeaders(cors: Cors, methods: readonly string[]): Record<string, string> {
  const { origins, headers, maxAgeSeconds } = cors;
  return {
    // With several origins, the template replaces this value. Browsers refuse it when it is not the origin of the page.
    'Access-Control-Allow-Origin': origins[0] ?? '*',
    'Access-Control-Allow-Methods': methods.includes('ANY') ? '*' : [...methods].sort().join(),
    'Access-Control-Allow-Headers': headers.join(),
    'Access-Control-Max-Age': String(maxAgeSeconds),
    ...credentialsHeader(cors),
    ...(origins.length > 1 && { Vary: 'Origin' }),
  };
}

function credentialsHeader({ credentials }: Cors): Record<string, string> {
  return credentials === true ? { 'Access-Control-Allow-Credentials': 'true' } : {};
}

/**
 * Makes the template that allows the origin of the page, if it is in the list. API Gateway keeps the case of header names, and
 * browsers send `origin` with HTTP/2 and `Origin` with HTTP/1.1.
 * @returns undefined when there is only one origin
 */
function originTemplate(origins: readonly string[]): string | undefined {
  if (origins.length < 2) return undefined;
  const branches = origins.map((origin, index) => {
    const isSent = ['origin', 'Origin']
      .map((name) => `$input.params().header.get("${name}") == "${origin}"`)
      .join(' || ');
    const set = `#set($context.responseOverride.header.Access-Control-Allow-Origin = "${origin}")`;
    return `#${index === 0 ? 'if' : 'elseif'}(${isSent})${set}`;
  });
  return literal(`${branches.join('')}#end`);
}

function responseHeader(name: string): string {
  return `method.response.header.${name}`;
}

/** Makes a mapping expression of a fixed text. */
function quoted(text: string): string {
  return literal(`'${text}'`);
}
