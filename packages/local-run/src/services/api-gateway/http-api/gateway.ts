/** An HTTP API: takes one request from its route to its answer, in the order in which API Gateway decides. */
import type { HttpApiDeployment, RouteDeployment } from '../../../model/deployment';
import { InvocationError, RequestTooLarge } from '../../lambda/errors';
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
import { randomId } from '../random-id';
import { type GatewayRequest, MOST_HEAD, targetLength, valueBytes, withBody } from '../request';
import { Throttles } from '../throttle';
import { Cors } from './cors';
import { httpApiEvent } from './event';
import { decodePath, withoutStage } from './path';
import { httpApiResponse } from './result';

export class HttpApiGateway implements Gateway {
  readonly requestIdHeader = 'apigw-requestid';
  private readonly matcher: Matcher<RouteDeployment>;
  private readonly throttles: Throttles;
  private readonly cors: Cors | undefined;

  constructor(
    private readonly api: HttpApiDeployment,
    private readonly pools: Pools,
  ) {
    this.matcher = new Matcher(api.routes);
    this.throttles = new Throttles(api.throttle);
    this.cors = api.cors && new Cors(api.cors);
  }

  /** As HTTP APIs make them: 15 characters and a `=`. */
  newRequestId(): string {
    return `${randomId(12, 'base64').replace(/[+/]/g, 'A').slice(0, 15)}=`;
  }

  async handle(request: Omit<GatewayRequest, 'body'>, body: Buffer | undefined): Promise<Outcome> {
    if (targetLength(request) + valueBytes(request.rawHeaders) > MOST_HEAD) {
      return own(431, 'Request Header Fields Too Large', 'request line and header values are above 10,240 bytes');
    }
    const whole = decodePath(request.rawPath);
    if (whole === undefined) return own(400, 'Bad Request', 'the path is not valid once decoded');
    const preflight = this.cors?.preflight(request);
    if (preflight) return { response: preflight };
    const path = withoutStage(whole, this.api.stage);
    if (path === undefined) return own(404, 'Not Found', `the path does not begin with the stage ${this.api.stage}`);
    const match = this.matcher.find(request.method, path);
    if (!match) return own(404, 'Not Found', 'no route matches');
    const { route, pathParameters } = match;
    const { routeKey } = route;
    const { throttle, of, limit } = this.throttles.of(route);
    if (!throttle.take()) {
      return { ...own(429, 'Too Many Requests', `throttled by the ${of} (${limitText(limit)})`), routeKey };
    }
    if (!body) return { ...own(413, 'Request Entity Too Large', 'the body is larger than 10 MB'), routeKey };
    if (!route.permitted) {
      return { ...serverError('no aws_lambda_permission lets this API invoke the function for this route'), routeKey };
    }
    const event = httpApiEvent(withBody(request, body), this.api, routeKey, path, pathParameters);
    const outcome = await this.integrate(route, event);
    const withCors = this.cors ? { ...outcome, response: this.cors.applied(request, outcome.response) } : outcome;
    return outcomeWith(withCors, { routeKey });
  }

  private async integrate(route: RouteDeployment, event: unknown): Promise<Outcome> {
    const pool = this.pools.get(route.functionArn);
    if (!pool) return serverError(`there is no function ${route.functionArn}`);
    try {
      const result = await withTimeout(pool.invoke(event), route.timeoutMs);
      if (!result) return own(503, 'Service Unavailable', `no answer within ${route.timeoutMs / 1000} s`);
      return { response: httpApiResponse(result.json), cold: result.cold, calls: result.calls };
    } catch (error) {
      if (error instanceof RequestTooLarge) return own(413, 'Request Entity Too Large', error.message);
      if (error instanceof MalformedResult) return serverError(`the function's result is malformed: ${error.message}`);
      if (error instanceof InvocationError)
        return { ...serverError(`${error.errorType}: ${error.message}`), calls: error.calls };
      throw error;
    }
  }
}

function serverError(reason: string): Outcome {
  return own(500, 'Internal Server Error', reason);
}
