/** An HTTP API: handles a request in the order in which API Gateway decides. */
import type { HttpApiDeployment, RouteDeployment } from '../../../model/deployment';
import { authorize, type Decision } from '../authorization';
import { type Functions, type Gateway, notImplemented, type Outcome } from '../gateway';
import { Matcher } from '../match';
import { type GatewayRequest, headerValuesLength, MAX_HEAD_LENGTH, targetLength } from '../request';
import { newHttpApiRequestId } from '../request-id';
import { Throttles } from '../throttle';
import { withTimeout } from '../timeout';
import { Cors } from './cors';
import * as errors from './errors';
import { httpApiEvent } from './event';
import { decodePath, removeStage } from './path';
import { httpApiResponse } from './result';

export class HttpApiGateway implements Gateway {
  readonly requestIdHeader = 'apigw-requestid';
  private readonly matcher: Matcher<RouteDeployment>;
  private readonly throttles: Throttles;
  private readonly cors: Cors | undefined;

  constructor(
    private readonly api: HttpApiDeployment,
    private readonly functions: Functions,
  ) {
    this.matcher = new Matcher(api.routes);
    this.throttles = new Throttles(api.throttle);
    this.cors = api.cors && new Cors(api.cors);
  }

  newRequestId(): string {
    return newHttpApiRequestId();
  }

  async handle(request: GatewayRequest): Promise<Outcome> {
    if (this.api.notSimulated) return notImplemented(this.api.notSimulated);
    if (targetLength(request) + headerValuesLength(request.rawHeaders) > MAX_HEAD_LENGTH) return errors.headTooLarge();
    const fullPath = decodePath(request.rawPath);
    if (fullPath === undefined) return errors.badRequest('the path has invalid percent-encoding');
    const preflight = this.cors?.preflight(request);
    if (preflight) return { response: preflight };
    const path = removeStage(fullPath, this.api.stage);
    if (path === undefined) return errors.notFound(`the path does not begin with the stage ${this.api.stage}`);
    const match = this.matcher.find(request.method, path);
    if (!match) return errors.notFound('no route matches');
    const { route, pathParameters } = match;
    const { routeKey, notSimulated } = route;
    if (notSimulated) return { ...notImplemented(notSimulated), routeKey };
    const decision = route.authorization && authorize(route.authorization, request.rawHeaders, request.time.getTime());
    const refusal = this.refuse(route, request, decision);
    if (refusal) return { ...refusal, routeKey };
    const event = httpApiEvent(request, this.api, {
      routeKey,
      path,
      pathParameters,
      authorizer: authorizerOf(decision),
    });
    const outcome = await this.invoke(route, request, event);
    const response = this.cors ? this.cors.apply(request, outcome.response) : outcome.response;
    const { invocation, cold, calls, reason } = outcome;
    return { response, routeKey, invocation, cold, calls, reason };
  }

  private refuse(route: RouteDeployment, request: GatewayRequest, decision?: Decision): Outcome | undefined {
    const throttle = this.throttles.find(route);
    if (!throttle.throttle.take()) return errors.tooManyRequests(throttle);
    if (decision && !decision.allowed) return errors.unauthorized(decision);
    if (request.isBodyTooLarge) return errors.bodyTooLarge('the body is larger than 10 MB');
    if (!route.permitted) {
      return errors.internalError('no aws_lambda_permission lets this API invoke the function for this route');
    }
    return undefined;
  }

  private async invoke(
    route: RouteDeployment,
    { traceId }: GatewayRequest,
    event: Record<string, unknown>,
  ): Promise<Outcome> {
    const target = this.functions.get(route.functionArn);
    if (!target) return errors.internalError(`there is no function ${route.functionArn}`);
    const { invocation, finished } = target.invoke(event, traceId, route.qualifier);
    try {
      const result = await withTimeout(finished, route.timeoutMs);
      if (!result) return { ...errors.timedOut(route), invocation };
      const { json, cold, calls } = result;
      return { response: httpApiResponse(json), invocation, cold, calls };
    } catch (error) {
      return { ...errors.invocationFailed(error), invocation };
    }
  }
}

/** The event's `requestContext.authorizer`. Claims arrive as text, and arrays as `[a b]`. */
function authorizerOf(decision: Decision | undefined): object | undefined {
  if (decision?.allowed !== true || !decision.claims) return undefined;
  const claims = Object.entries(decision.claims).map(([name, value]) => [name, claimText(value)]);
  return { jwt: { claims: Object.fromEntries(claims) as object, scopes: decision.scopes ?? null } };
}

function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
