/** Lambda authorizers of a REST API (API Gateway developer guide, "Use API Gateway Lambda authorizers"). */
import type { RestLambdaAuthorization } from '../../../model/deployment';
import { combineDecisions } from '../../iam/evaluate';
import { type Authorized, refused } from '../authorization-result';
import type { Functions } from '../gateway';
import { type AuthorizerAnswer, AuthorizerError, AuthorizerFunctions } from '../lambda-authorizer/authorizer-functions';
import { readIdentity } from '../lambda-authorizer/identity';
import { type AuthorizerContext, readPolicyResult } from '../lambda-authorizer/results';
import { withoutBody } from '../lambda-authorizer/without-body';
import type { GatewayRequest } from '../request';
import { wholePattern } from '../whole-pattern';
import type { ApiPolicy } from './api-policy';
import * as errors from './errors';
import type { RestApiEvent } from './event';

/** API Gateway's maximum for an integration of a REST API. AWS documents no other limit for authorizers. */
const TIMEOUT_MS = 29_000;

/** With this error message, the function asks API Gateway for a 401. Every other error is a 500. */
const UNAUTHORIZED = 'Unauthorized';

export class RestLambdaAuthorizers {
  private readonly authorizers: AuthorizerFunctions;

  constructor(
    functions: Functions,
    private readonly policy: ApiPolicy,
  ) {
    this.authorizers = new AuthorizerFunctions(functions, TIMEOUT_MS);
  }

  async authorize(
    authorizer: RestLambdaAuthorization,
    request: GatewayRequest,
    createEvent: () => RestApiEvent,
  ): Promise<Authorized> {
    const event = createEvent();
    const denied = this.policy.refuseDenied(request, event.path);
    if (denied) return refused(denied);
    const identity = readIdentity(authorizer.identitySources, {
      ...request,
      context: event.requestContext,
      stageVariables: event.stageVariables ?? undefined,
    });
    if ('missing' in identity) {
      return refused(errors.unauthorized(`the request lacks the identity source ${identity.missing}`));
    }
    const { type, tokenPattern, stageArn } = authorizer;
    const [token = ''] = identity.values;
    if (tokenPattern !== undefined && !wholePattern(tokenPattern).test(token)) {
      return refused(errors.unauthorized(`the token does not match ${tokenPattern}`));
    }
    const methodArn = `${stageArn}/${request.method}${event.path}`;
    const authorizerEvent = () =>
      type === 'TOKEN' ? { type, methodArn, authorizationToken: token } : requestEvent(event, methodArn);
    const call = { authorizer, identity: identity.values, event: authorizerEvent, traceId: request.traceId };
    try {
      const answer = await this.authorizers.call(call, (result) => readPolicyResult(result, { flatContext: true }));
      return this.decide(answer, methodArn, request, event.path);
    } catch (error) {
      if (!(error instanceof AuthorizerError)) throw error;
      const { message, details, thrownMessage } = error;
      const outcome = thrownMessage === UNAUTHORIZED ? errors.unauthorized(message) : errors.authorizerFailed(message);
      return refused({ ...outcome, ...details });
    }
  }

  private decide(
    { result, latencyMs, details }: AuthorizerAnswer,
    methodArn: string,
    request: GatewayRequest,
    path: string,
  ): Authorized {
    const { principalId, context } = result;
    const authorizer = { principalId, integrationLatency: latencyMs, ...toTexts(context) };
    const decision = combineDecisions(result.decide(methodArn, request), this.policy.decide(request, path));
    if (decision === 'allowed') return { allowed: true, authorizer, details };
    return refused({ ...errors.accessDenied(decision, result.reasonOf(decision), authorizer), ...details });
  }
}

/** The event of a method, as the function of an authorizer gets it (recorded: Powertools for AWS Lambda, apigw-rest/authorizer-request.json). */
function requestEvent(event: RestApiEvent, methodArn: string): object {
  return {
    type: 'REQUEST',
    methodArn,
    ...withoutBody(event),
    queryStringParameters: event['queryStringParameters'] ?? {},
    multiValueQueryStringParameters: event['multiValueQueryStringParameters'] ?? {},
    pathParameters: event['pathParameters'] ?? {},
    stageVariables: event['stageVariables'] ?? {},
  };
}

/** The values of a context are text in the event of the method. */
function toTexts(context: AuthorizerContext | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(context ?? {}).map(([name, value]) => [name, String(value)]));
}
