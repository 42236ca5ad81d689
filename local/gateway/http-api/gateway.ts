/** An HTTP API: takes one request from its route to its answer, in the order in which API Gateway decides. */
import type { HttpApiDeployment } from '../../deployment';
import { InvocationError, RequestTooLarge } from '../../lambda/errors';
import type { Pool } from '../../lambda/pool';
import { Matcher } from '../match';
import type { GatewayRequest } from '../request';
import { Throttle } from '../throttle';
import { httpApiEvent } from './event';
import { decodePath } from './path';
import { type HttpResponse, httpApiResponse, MalformedResult } from './result';

export interface Outcome {
  readonly response: HttpResponse;
  /** The route that matched. */
  readonly routeKey?: string;
  /** Whether an instance was started for this request. */
  readonly cold?: boolean;
  /** Why the gateway answered in place of the function; for the log. */
  readonly reason?: string;
}

export class HttpApiGateway {
  private readonly matcher: Matcher<HttpApiDeployment['routes'][number]>;
  private readonly throttle: Throttle;

  /** @param pools functions by their ARN */
  constructor(
    private readonly api: HttpApiDeployment,
    private readonly pools: ReadonlyMap<string, Pool>,
  ) {
    this.matcher = new Matcher(api.routes);
    this.throttle = new Throttle(api.throttle.rate, api.throttle.burst);
  }

  /** @param body undefined when it was longer than API Gateway takes */
  async handle(request: Omit<GatewayRequest, 'body'>, body: Buffer | undefined): Promise<Outcome> {
    const path = decodePath(request.rawPath);
    if (path === undefined) return own(400, 'Bad Request', 'the path is not valid once decoded');
    const match = this.matcher.find(request.method, path);
    if (!match) return own(404, 'Not Found', 'no route matches');
    const { routeKey } = match.route;
    if (!this.throttle.take()) return { ...own(429, 'Too Many Requests', 'throttled by the stage'), routeKey };
    if (!body) return { ...own(413, 'Request Entity Too Large', 'the body is larger than 10 MB'), routeKey };
    if (!match.route.permitted) {
      return { ...serverError('no aws_lambda_permission lets this API invoke the function for this route'), routeKey };
    }
    const event = httpApiEvent({ ...request, body }, this.api, routeKey, path, match.pathParameters);
    return { ...(await this.integrate(match.route, event)), routeKey };
  }

  private async integrate(route: HttpApiDeployment['routes'][number], event: unknown): Promise<Outcome> {
    const pool = this.pools.get(route.functionArn);
    if (!pool) return serverError(`there is no function ${route.functionArn}`);
    try {
      const result = await withTimeout(pool.invoke(event), route.timeoutMs);
      if (!result) return own(503, 'Service Unavailable', `no answer within ${route.timeoutMs / 1000} s`);
      return { response: httpApiResponse(result.json), cold: result.cold };
    } catch (error) {
      if (error instanceof RequestTooLarge) return own(413, 'Request Entity Too Large', error.message);
      if (error instanceof MalformedResult) return serverError(`the function's result is malformed: ${error.message}`);
      if (error instanceof InvocationError) return serverError(`${error.errorType}: ${error.message}`);
      throw error;
    }
  }
}

/** The invocation goes on when the gateway gives up. */
async function withTimeout<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  promise.catch(() => undefined);
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}

function serverError(reason: string): Outcome {
  return own(500, 'Internal Server Error', reason);
}

/** An answer of the gateway's own. */
function own(status: number, message: string, reason: string): Outcome {
  const body = Buffer.from(JSON.stringify({ message }));
  return { response: { status, headers: [['content-type', 'application/json']], body }, reason };
}
