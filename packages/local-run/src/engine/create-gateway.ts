/** Creates the gateway of an API or of a function URL. */
import type { ApiDeployment } from '../model/deployment';
import type { Functions, Gateway } from '../services/api-gateway/gateway';
import { HttpApiGateway } from '../services/api-gateway/http-api/gateway';
import type { SignedCallers } from '../services/api-gateway/iam/signed-callers';
import { RestApiGateway } from '../services/api-gateway/rest-api/gateway';
import { StagedGateway } from '../services/api-gateway/stages';
import { FunctionUrlGateway } from '../services/function-url/gateway';
import type { TokenVerifier } from '../services/tokens/token-verifier';

export interface GatewayParts {
  readonly functions: Functions;
  readonly tokens: TokenVerifier;
  readonly callers: SignedCallers;
}

/**
 * @param stages the API at each of its stages
 * @throws Error when the API has no stage
 */
export function createGateway(stages: readonly ApiDeployment[], parts: GatewayParts): Gateway {
  const gateways = stages.map((api) => [api.stage, createStageGateway(api, parts)] as const);
  const [first, ...others] = gateways;
  if (!first) throw new Error('An API must have a stage.');
  return others.length === 0 ? first[1] : new StagedGateway(first[1], new Map(gateways));
}

function createStageGateway(api: ApiDeployment, { functions, tokens, callers }: GatewayParts): Gateway {
  switch (api.kind) {
    case 'http-api':
      return new HttpApiGateway(api, functions, tokens, callers);
    case 'rest-api':
      return new RestApiGateway(api, functions, tokens, callers);
    case 'function-url':
      return new FunctionUrlGateway(api, functions, callers);
  }
}
