/** A REST API: handles a request in the order in which API Gateway decides. */
import { randomUUID } from 'node:crypto';
import type { RestApiDeployment, RestRouteDeployment } from '../../../model/deployment';
import { TokenVerifier } from '../../tokens/token-verifier';
import { withAuthorizerInvocation } from '../authorization-result';
import {
  type Functions,
  type Gateway,
  type HttpResponse,
  type InvokableFunction,
  notImplemented,
  type Outcome,
} from '../gateway';
import { SignedCallers } from '../iam/signed-callers';
import { Matcher } from '../match';
import { type GatewayRequest, headerValue, headerValuesLength, MAX_HEAD_LENGTH, targetLength } from '../request';
import { newExtendedRequestId } from '../request-id';
import { Throttles } from '../throttle';
import { withTimeout } from '../timeout';
import { ApiPolicy } from './api-policy';
import { RestApiAuthorizer } from './authorizer';
import { isBinary } from './binary-media-types';
import * as errors from './errors';
import { contextOf, type RestApiEvent, restApiEvent } from './event';
import { GatewayResponses } from './gateway-responses';
import { MockIntegration } from './mock';
import { removeStage, removeTrailingSlashes } from './path';
import { restApiResponse, withHeader } from './result';
import { missingParameters } from './required-parameters';
import { UsagePlans } from './usage-plans';
import { RequestValidators } from './validators';

/**
 * Characters that a query must encode. Otherwise API Gateway responds with 400 (API Gateway developer guide, "Important notes
 * for REST APIs"; nestjsx/crud, issue 255).
 */
const FORBIDDEN_IN_QUERY = /[|{}]/;

const TRACE_HEADER = 'X-Amzn-Trace-Id';

export class RestApiGateway implements Gateway {
  readonly requestIdHeader = 'x-amzn-requestid';
  private readonly matcher: Matcher<RestRouteDeployment>;
  private readonly throttles: Throttles;
  private readonly usagePlans: UsagePlans;
  private readonly validators: RequestValidators;
  private readonly mocks: ReadonlyMap<RestRouteDeployment, MockIntegration>;
  private readonly policy: ApiPolicy;
  private readonly authorizer: RestApiAuthorizer;
  private readonly gatewayResponses: GatewayResponses;

  /**
   * @param verifier verifies tokens. @default a verifier with new keys of its own
   * @param callers decides about signed requests. @default this run issued no credentials
   */
  constructor(
    private readonly api: RestApiDeployment,
    private readonly functions: Functions,
    verifier = new TokenVerifier(),
    callers = new SignedCallers(),
  ) {
    this.matcher = new Matcher(api.routes);
    this.throttles = new Throttles(api.throttle);
    this.usagePlans = new UsagePlans(api.usagePlans);
    this.validators = new RequestValidators(api.routes);
    this.mocks = new Map(
      api.routes.flatMap((route) => (route.mock ? [[route, new MockIntegration(route.mock)] as const] : [])),
    );
    this.policy = new ApiPolicy(api);
    this.authorizer = new RestApiAuthorizer(functions, this.policy, verifier, callers);
    this.gatewayResponses = new GatewayResponses(api.gatewayResponses);
  }

  newRequestId(): string {
    return randomUUID();
  }

  async handle(request: GatewayRequest): Promise<Outcome> {
    const extendedId = newExtendedRequestId();
    const outcome = await this.respond(request, extendedId);
    // Every response has this header (API Gateway developer guide, "Set up CloudWatch logging for REST APIs").
    const response = withHeader(this.gatewayResponse(outcome, request, extendedId), 'x-amz-apigw-id', extendedId);
    const { routeKey, invocation, authorizerInvocation, cold, calls, reason } = outcome;
    return { response, routeKey, invocation, authorizerInvocation, cold, calls, reason };
  }

  private async respond(request: GatewayRequest, extendedId: string): Promise<Outcome> {
    if (this.api.notSimulated) return notImplemented(this.api.notSimulated, request);
    if (targetLength(request) > MAX_HEAD_LENGTH) return errors.urlTooLong();
    if (headerValuesLength(request.rawHeaders) > MAX_HEAD_LENGTH) return errors.headersTooLarge();
    if (FORBIDDEN_IN_QUERY.test(request.rawQuery)) {
      return errors.badRequest('the query has a |, { or }, which must be encoded');
    }
    const path = removeStage(request.rawPath, this.api.stage);
    if (path === undefined) return errors.unknownStage(`the path does not begin with the stage, /${this.api.stage}/`);
    const match = this.matcher.find(request.method, removeTrailingSlashes(path));
    if (!match) return this.unknownMethod(request);
    const { route, pathParameters } = match;
    const { routeKey, notSimulated } = route;
    if (notSimulated) return { ...notImplemented(notSimulated, request), routeKey };
    // Refused requests need no event, whose body can be large.
    let event: RestApiEvent | undefined;
    const createEvent = () => (event ??= restApiEvent(request, this.api, route, path, pathParameters, extendedId));
    // A reload can replace the function while the request waits for its authorizer.
    const target = this.functions.get(route.functionArn);
    if (!route.authorization) {
      const refusal = this.policy.refuse(request, path);
      return refusal ? { ...refusal, routeKey } : this.answer(route, request, createEvent, target);
    }
    const answer = () => this.authorizeAndAnswer(route, request, createEvent, target);
    return target ? target.reserveFor(answer) : answer();
  }

  /** An API whose callers sign requests reads a header that is no signature as a wrong signature, even for an unknown path. */
  private unknownMethod(request: GatewayRequest): Outcome {
    const reason = 'no such resource and method';
    const hasSignedMethods = this.api.routes.some(({ authorization }) => authorization?.kind === 'iam');
    return hasSignedMethods ? errors.notSigned(request, reason) : errors.missingAuthenticationToken(reason);
  }

  private async authorizeAndAnswer(
    route: RestRouteDeployment,
    request: GatewayRequest,
    createEvent: () => RestApiEvent,
    target: InvokableFunction | undefined,
  ): Promise<Outcome> {
    const authorized = await this.authorizer.authorize(route, request, createEvent);
    if (authorized?.allowed === false) return { ...authorized.refusal, routeKey: route.routeKey };
    const createAuthorized = () => withCaller(createEvent(), authorized ?? {});
    return withAuthorizerInvocation(await this.answer(route, request, createAuthorized, target), authorized);
  }

  private async answer(
    route: RestRouteDeployment,
    request: GatewayRequest,
    createEvent: () => RestApiEvent,
    target: InvokableFunction | undefined,
  ): Promise<Outcome> {
    const { routeKey } = route;
    const refusal = this.refuseKey(route, request) ?? this.refuse(route, request);
    if (refusal) return { ...refusal, routeKey };
    const mock = this.mocks.get(route);
    if (mock) return { ...mock.respond(request, createEvent()), routeKey };
    return this.invoke(route, request, createEvent(), target);
  }

  /** The response of an outcome. The API's gateway responses replace the response of an error. */
  private gatewayResponse(outcome: Outcome, request: GatewayRequest, extendedId: string): HttpResponse {
    const { gatewayResponses = [] } = this.api;
    if (gatewayResponses.length === 0 || !errors.isRestError(outcome)) return outcome.response;
    const path = removeStage(request.rawPath, this.api.stage) ?? '';
    const match = this.matcher.find(request.method, removeTrailingSlashes(path));
    const context = contextOf(request, this.api, match?.route, extendedId);
    const { stageVariables } = this.api;
    const pathParameters = match?.pathParameters ?? {};
    return this.gatewayResponses.apply(outcome, { request, context, pathParameters, stageVariables });
  }

  private refuseKey(route: RestRouteDeployment, { rawHeaders }: GatewayRequest): Outcome | undefined {
    if (!route.apiKeyRequired) return undefined;
    const key = headerValue(rawHeaders, 'x-api-key');
    if (key === undefined) return errors.invalidKey('there is no x-api-key header');
    const usage = this.usagePlans.find(key, route.routeKey);
    if (!usage) return errors.invalidKey('the API key is in no usage plan of this stage');
    if (!usage.throttle.take()) return errors.tooManyRequests('usage plan', usage);
    if (!usage.quota.take()) return errors.limitExceeded(usage);
    return undefined;
  }

  private refuse(route: RestRouteDeployment, request: GatewayRequest): Outcome | undefined {
    const throttle = this.throttles.find(route);
    if (!throttle.throttle.take()) return errors.tooManyRequests(throttle.scope, throttle);
    if (request.isBodyTooLarge) return errors.bodyTooLarge('the body is larger than 10 MB');
    const missing = missingParameters(route, request);
    if (missing.length > 0) return errors.missingParameters(missing);
    if (this.validators.isViolated(route, request)) return errors.invalidBody();
    if (!route.permitted) {
      return errors.internalError('no aws_lambda_permission lets this API invoke the function for this method');
    }
    return undefined;
  }

  private async invoke(
    route: RestRouteDeployment,
    { traceId, rawHeaders }: GatewayRequest,
    event: RestApiEvent,
    target: InvokableFunction | undefined,
  ): Promise<Outcome> {
    const { routeKey } = route;
    if (!target) return { ...errors.internalError(`there is no function ${route.functionArn}`), routeKey };
    const { invocation, finished } = target.invoke(event, traceId, route.qualifier);
    try {
      const result = await withTimeout(finished, route.timeoutMs);
      if (!result) return { ...errors.timedOut(route), routeKey, invocation };
      const { json, cold, calls } = result;
      // Function responses have this header; API Gateway's errors lack it (localstack, set_default_response_headers).
      const binary = isBinary(this.api.binaryMediaTypes, headerValue(rawHeaders, 'accept'));
      const response = withHeader(restApiResponse(json, binary), TRACE_HEADER, event.headers[TRACE_HEADER] ?? '');
      return { response, routeKey, invocation, cold, calls };
    } catch (error) {
      return { ...errors.invocationFailed(error), routeKey, invocation };
    }
  }
}

/** Adds the caller to an event: the result of the authorizer, or the identity that signed the request. */
function withCaller(
  event: RestApiEvent,
  { authorizer, identity }: { readonly authorizer?: object | undefined; readonly identity?: object | undefined },
): RestApiEvent {
  const { requestContext } = event;
  return {
    ...event,
    ...(identity && withoutSignature(event)),
    requestContext: {
      ...requestContext,
      ...(authorizer && { authorizer }),
      ...(identity && { identity: { ...(requestContext['identity'] as object), ...identity } }),
    },
  };
}

/** Removes the header of the signature, which AWS does not pass on (recorded: Powertools for AWS Lambda, apigw-rest/iam-auth.json). */
function withoutSignature({
  headers,
  multiValueHeaders,
}: RestApiEvent): Pick<RestApiEvent, 'headers' | 'multiValueHeaders'> {
  const remaining = <T extends object>(all: T) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => name.toLowerCase() !== 'authorization')) as T;
  return { headers: remaining(headers), multiValueHeaders: remaining(multiValueHeaders as object) };
}
