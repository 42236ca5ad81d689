/** A REST API: takes one request from its method to its answer, in the order in which API Gateway decides. */
import { randomUUID } from 'node:crypto';
import type { RestApiDeployment, RestRouteDeployment } from '../../../model/deployment';
import { InvocationError, RequestTooLarge, Throttled } from '../../lambda/errors';
import {
  type Gateway,
  limitText,
  MalformedResult,
  type Outcome,
  outcomeWith,
  own,
  type Pools,
  withTimeout,
} from '../integration';
import { Matcher } from '../match';
import { type GatewayRequest, headerPairs, MOST_HEAD, targetLength, valueBytes } from '../request';
import { Throttles } from '../throttle';
import { newExtendedRequestId, restApiEvent, type RestApiEvent, type RestApiRequest } from './event';
import { restApiResponse } from './result';
import { type Quota, UsagePlans } from './usage-plans';
import { RequestValidators } from './validators';

/** Developer guide, "Important notes for REST APIs"; that it is a 400: nestjsx/crud, issue 255. */
const NOT_IN_A_QUERY = /[|{}]/;

const TRACE = 'X-Amzn-Trace-Id';

export class RestApiGateway implements Gateway {
  readonly requestIdHeader = 'x-amzn-requestid';
  private readonly matcher: Matcher<RestRouteDeployment>;
  private readonly throttles: Throttles;
  private readonly usagePlans: UsagePlans;
  private readonly validators: RequestValidators;

  constructor(
    private readonly api: RestApiDeployment,
    private readonly pools: Pools,
  ) {
    this.matcher = new Matcher(api.routes);
    this.throttles = new Throttles(api.throttle);
    this.usagePlans = new UsagePlans(api.usagePlans);
    this.validators = new RequestValidators(api.routes);
  }

  newRequestId(): string {
    return randomUUID();
  }

  /** The extended id is on every answer (developer guide, "Set up CloudWatch logging for REST APIs"). */
  async handle(request: Omit<GatewayRequest, 'body'>, body: Buffer | undefined): Promise<Outcome> {
    const extendedRequestId = newExtendedRequestId();
    const outcome = await this.answer({ ...request, extendedRequestId }, body);
    return withHeader(outcome, 'x-amz-apigw-id', extendedRequestId);
  }

  private async answer(request: Omit<RestApiRequest, 'body'>, body: Buffer | undefined): Promise<Outcome> {
    if (targetLength(request) > MOST_HEAD) return own(414, 'URI Too Long', 'the URL is above 10,240 characters');
    if (valueBytes(request.rawHeaders) > MOST_HEAD) {
      return own(431, 'Request Header Fields Too Large', 'the header values are above 10,240 bytes');
    }
    if (NOT_IN_A_QUERY.test(request.rawQuery)) {
      return own(400, 'Bad Request', 'the query has a |, { or }, which must be encoded');
    }
    const path = this.withoutStage(request.rawPath);
    if (path === undefined) return forbidden(`the path does not begin with the stage, /${this.api.stage}/`);
    const match = this.matcher.find(request.method, withoutTrailingSlash(path));
    if (!match) {
      const type = [['x-amzn-ErrorType', 'MissingAuthenticationTokenException']] as const;
      return own(403, 'Missing Authentication Token', 'no such resource and method', type);
    }
    const { route, pathParameters } = match;
    const refused = this.refusal(route, request, body);
    if (refused) return { ...refused, routeKey: route.routeKey };
    const event = restApiEvent({ ...request, body: body ?? Buffer.alloc(0) }, this.api, route, path, pathParameters);
    return outcomeWith(await this.integrate(route, event), { routeKey: route.routeKey });
  }

  /**
   * The path stays encoded; its first segment is the stage. Of slashes after that one is left (recorded from AWS:
   * localstack, test_lambda_aws_proxy_integration, "invocation-hardcoded").
   */
  private withoutStage(rawPath: string): string | undefined {
    const stage = `/${this.api.stage}`;
    if (rawPath === stage) return '/';
    return rawPath.startsWith(`${stage}/`) ? rawPath.slice(stage.length).replace(/^\/\/+/, '/') : undefined;
  }

  private refusal(
    route: RestRouteDeployment,
    request: Omit<GatewayRequest, 'body'>,
    body: Buffer | undefined,
  ): Outcome | undefined {
    if (route.apiKeyRequired) {
      const [, key] = headerPairs(request.rawHeaders).find(([name]) => name === 'x-api-key') ?? [];
      const plan = this.usagePlans.of(key);
      if (!plan) {
        return forbidden(key === undefined ? 'there is no x-api-key header' : 'the API key is none of a usage plan');
      }
      if (!plan.throttle.take()) return tooMany(`throttled by the usage plan (${limitText(plan.limit)})`);
      if (!plan.quota.take()) return limitExceeded(plan.quota);
    }
    const { throttle, of, limit } = this.throttles.of(route);
    if (!throttle.take()) return tooMany(`throttled by the ${of} (${limitText(limit)})`);
    if (!body) return own(413, 'Request Too Long', 'the body is larger than 10 MB');
    if (this.validators.refuse(route, request, body)) {
      const type = [['x-amzn-ErrorType', 'BadRequestException']] as const;
      return own(400, 'Invalid request body', 'the request validator refused it', type);
    }
    if (!route.permitted) {
      return internalError('no aws_lambda_permission lets this API invoke the function for this method');
    }
    return undefined;
  }

  private async integrate(route: RestRouteDeployment, event: RestApiEvent): Promise<Outcome> {
    const pool = this.pools.get(route.functionArn);
    if (!pool) return internalError(`there is no function ${route.functionArn}`);
    try {
      const result = await withTimeout(pool.invoke(event), route.timeoutMs);
      if (!result) return timedOut(route.timeoutMs);
      const outcome = { response: restApiResponse(result.json), cold: result.cold, calls: result.calls };
      // Of no answer of the gateway's own (localstack, set_default_response_headers).
      return withHeader(outcome, TRACE, event.headers[TRACE] ?? '');
    } catch (error) {
      if (error instanceof RequestTooLarge) return own(413, 'Request Too Long', error.message);
      // Lambda refuses it, and API Gateway says no more than that (Lambda developer guide, "Handling Lambda errors with an API Gateway API").
      if (error instanceof Throttled) return internalError(`${error.errorType}: ${error.message}`);
      if (error instanceof MalformedResult) return badGateway(`the function's result is malformed: ${error.message}`);
      if (error instanceof InvocationError)
        return { ...badGateway(`${error.errorType}: ${error.message}`), calls: error.calls };
      throw error;
    }
  }
}

/** In the place of one that the function gave. */
function withHeader(outcome: Outcome, name: string, value: string): Outcome {
  const { response } = outcome;
  const others = response.headers.filter(([given]) => given.toLowerCase() !== name.toLowerCase());
  const { status, body } = response;
  const { routeKey, cold, calls, reason } = outcome;
  return { response: { status, headers: [...others, [name, value]], body }, routeKey, cold, calls, reason };
}

/**
 * `/pets/` goes to the method of `/pets` (aws/aws-sam-cli, pull request 1495), and a greedy variable leaves the slash out,
 * which `path` keeps (recorded from AWS: localstack, test_lambda_aws_proxy_integration).
 */
function withoutTrailingSlash(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end -= 1;
  return end === path.length ? path : path.slice(0, end);
}

function tooMany(reason: string): Outcome {
  return own(429, 'Too Many Requests', reason, [['x-amzn-ErrorType', 'TooManyRequestsException']]);
}

function limitExceeded({ text }: Quota): Outcome {
  return own(429, 'Limit Exceeded', `the quota of the usage plan (${text}) is used up`, [
    ['x-amzn-ErrorType', 'LimitExceededException'],
  ]);
}

function forbidden(reason: string): Outcome {
  return own(403, 'Forbidden', reason, [['x-amzn-ErrorType', 'ForbiddenException']]);
}

function internalError(reason: string): Outcome {
  return failed(500, 'Internal server error', reason);
}

function badGateway(reason: string): Outcome {
  return failed(502, 'Internal server error', reason);
}

function timedOut(timeoutMs: number): Outcome {
  return failed(504, 'Endpoint request timed out', `no answer within ${timeoutMs / 1000} s`);
}

function failed(status: number, message: string, reason: string): Outcome {
  return own(status, message, reason, [['x-amzn-ErrorType', 'InternalServerErrorException']]);
}
