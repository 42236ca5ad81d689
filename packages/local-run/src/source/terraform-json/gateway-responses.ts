/** Reads gateway responses of REST APIs (aws_api_gateway_gateway_response). */
import {
  GATEWAY_RESPONSE_TYPES,
  type GatewayResponseDeployment,
  type GatewayResponseType,
} from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import { NotSimulatedError } from '../../model/not-simulated';
import type { Resource } from './resource';
import type { Resources } from './resources';

const HEADER = /^gatewayresponse\.header\.(.+)$/;

/** A text in single quotes, or a variable such as `context.authorizer.claims.cognito:username`. */
const EXPRESSION =
  /^('.*'|context\.[\w.:-]+|stageVariables\.\w+|method\.request\.(header|querystring|path)\.[\w.-]+)$/s;

/** Variables that API Gateway accepts, perhaps in a form that EXPRESSION does not know. */
const VARIABLE = /^(context|stageVariables|method\.request)\./;

/** @param apiId the id of the API */
export function readGatewayResponses(apiId: string, resources: Resources): GatewayResponseDeployment[] {
  return resources.where('aws_api_gateway_gateway_response', 'rest_api_id', apiId).map(readGatewayResponse);
}

function readGatewayResponse(resource: Resource): GatewayResponseDeployment {
  const { address, attributes } = resource;
  const type = attributes['response_type'] as GatewayResponseType;
  if (!GATEWAY_RESPONSE_TYPES.includes(type)) {
    throw new DeploymentError(
      `${address}: response_type = ${JSON.stringify(type)} must be one of ${GATEWAY_RESPONSE_TYPES.join(', ')}.`,
    );
  }
  const status = (attributes['status_code'] ?? undefined) as string | number | undefined;
  if (status !== undefined && !/^[1-5]\d\d$/.test(String(status))) {
    throw new DeploymentError(`${address}: status_code = ${JSON.stringify(status)} must be an HTTP status.`);
  }
  const parameters = (attributes['response_parameters'] ?? {}) as Readonly<Record<string, string>>;
  const headers = Object.entries(parameters).map(([name, expression]) => {
    const [, header] = HEADER.exec(name) ?? [];
    if (header !== undefined && EXPRESSION.test(expression)) return [header, expression] as const;
    if (header !== undefined && VARIABLE.test(expression)) {
      const attribute = `response_parameters.${name}`;
      const supported = "variables such as context.requestId, and texts in single quotes such as '*'";
      throw new NotSimulatedError([{ address, attribute, found: JSON.stringify(expression), supported }]);
    }
    throw new DeploymentError(
      `${address}: API Gateway refuses response_parameters ${name} = ${JSON.stringify(expression)}; ` +
        `use a name such as gatewayresponse.header.Access-Control-Allow-Origin and a text in single quotes, such as "'*'".`,
    );
  });
  return {
    type,
    status: status === undefined ? undefined : Number(status),
    headers: Object.fromEntries(headers),
    templates: (attributes['response_templates'] ?? {}) as Readonly<Record<string, string>>,
  };
}
