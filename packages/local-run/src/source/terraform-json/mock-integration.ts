/** Reads MOCK integrations of REST APIs (aws_api_gateway_integration, _method_response, _integration_response). */
import type { MockDeployment, MockResponse } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import { NotSimulatedError } from '../../model/not-simulated';
import { parseTemplate } from '../../services/api-gateway/rest-api/velocity/parser';
import { TemplateError } from '../../services/api-gateway/rest-api/velocity/syntax';
import type { Attributes, Resource } from './resource';
import { patternOf } from './regular-expression';
import type { Resources } from './resources';

type Texts = Readonly<Record<string, string>>;

export function readMockIntegration(integration: Resource, resources: Resources): MockDeployment {
  const { attributes, address } = integration;
  const templates = textsOf(attributes, 'request_templates');
  for (const [type, template] of Object.entries(templates))
    checkTemplate(address, `request_templates.${type}`, template);
  const ofMethod = (type: string) =>
    resources
      .where(type, 'resource_id', attributes['resource_id'])
      .filter((resource) => resource.attributes['http_method'] === attributes['http_method']);
  const declared = ofMethod('aws_api_gateway_method_response');
  const responses = ofMethod('aws_api_gateway_integration_response');
  const causes = [...declared, ...responses].flatMap((resource) => resource.causes);
  if (causes.length > 0) throw new NotSimulatedError(causes);
  return {
    requestTemplates: templates,
    passthrough: (attributes['passthrough_behavior'] ?? 'WHEN_NO_MATCH') as MockDeployment['passthrough'],
    responses: responses.map((response) => readResponse(response, declared)),
  };
}

/** Values of response headers (developer guide, "Map integration response data to method response headers"). */
const EXPRESSION = /^('.*'|context\.[\w.:-]+|stageVariables\.\w+)$/s;

const HEADER = /^method\.response\.header\.(.+)$/;

function readResponse(response: Resource, declared: readonly Resource[]): MockResponse {
  const { address, attributes } = response;
  const code = String(attributes['status_code']);
  const methodResponse = declared.find((candidate) => String(candidate.attributes['status_code']) === code);
  if (!methodResponse) {
    throw new DeploymentError(
      `${address}: API Gateway refuses it: the method has no response with the status ${code}.`,
    );
  }
  const parameters = (methodResponse.attributes['response_parameters'] ?? {}) as Attributes;
  const headers = Object.entries(textsOf(attributes, 'response_parameters')).flatMap(([name, value]) => {
    const [, header = ''] = HEADER.exec(name) ?? [];
    if (header === '' || !(name in parameters)) {
      throw new DeploymentError(
        `${address}: API Gateway refuses ${name}, which ${methodResponse.address} does not have.`,
      );
    }
    // A MOCK integration has no response of its own, so its headers and body have no values.
    if (value.startsWith('integration.response.')) return [];
    checkExpression(address, name, value);
    return [[header, value] as const];
  });
  const templates = textsOf(attributes, 'response_templates');
  for (const [type, template] of Object.entries(templates))
    checkTemplate(address, `response_templates.${type}`, template);
  const pattern = patternOf(response, 'selection_pattern');
  return {
    status: Number(code),
    ...(pattern !== undefined && { pattern }),
    headers: Object.fromEntries(headers),
    templates,
  };
}

/** @throws DeploymentError for a value that API Gateway refuses */
function checkExpression(address: string, name: string, value: string): void {
  if (EXPRESSION.test(value)) return;
  throw new DeploymentError(
    `${address}: API Gateway refuses ${name} = ${JSON.stringify(value)}; use a text in single quotes, such as "'*'", ` +
      'or a variable such as context.requestId or stageVariables.tenant.',
  );
}

function textsOf(attributes: Attributes, name: string): Texts {
  return (attributes[name] ?? {}) as Texts;
}

/** @throws NotSimulatedError for a template that the local run does not support */
function checkTemplate(address: string, attribute: string, template: string): void {
  try {
    parseTemplate(template);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const supported =
      '#if, #set of variables and $context.responseOverride, $input with paths such as $.pets[0].name, and $context';
    throw new NotSimulatedError([{ address, attribute, found: error.message, supported }]);
  }
}
