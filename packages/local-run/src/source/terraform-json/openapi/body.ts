/** Adds the resources that API Gateway imports from the bodies of APIs. */
import { unsupportedValues, usedAttributes } from '../attribute-rules';
import type { NotSimulated } from '../../../model/not-simulated';
import type { Attributes, Resource } from '../resource';
import { RESOURCE_TYPES } from '../resource-types';
import { type CreatedResource, toResource, unknownExtensions } from './created-resource';
import { DocumentError, OpenApiDocument } from './document';
import { HTTP_EXTENSIONS, httpApiParts, httpApiSettings } from './http-api-body';
import { REST_EXTENSIONS, restApiParts, restApiSettings } from './rest-api-body';

interface BodyReader {
  readonly settings: (document: OpenApiDocument) => Attributes;
  readonly parts: (api: Resource, document: OpenApiDocument) => CreatedResource[];
  readonly extensions: readonly string[];
}

const READERS: Readonly<Record<string, BodyReader>> = {
  aws_apigatewayv2_api: { settings: httpApiSettings, parts: httpApiParts, extensions: HTTP_EXTENSIONS },
  aws_api_gateway_rest_api: { settings: restApiSettings, parts: restApiParts, extensions: REST_EXTENSIONS },
};

/** @returns the resource, and what its body creates. An API whose body API Gateway would refuse has a cause */
export function withBody(resource: Resource): readonly Resource[] {
  const { type, attributes, causes, address } = resource;
  const reader = READERS[type];
  const { body } = attributes;
  if (!reader || causes.length > 0 || typeof body !== 'string' || body === '') return [resource];
  try {
    const document = new OpenApiDocument(body);
    const settings = settingsOf(resource, document, reader);
    const created = reader.parts(resource, document).map((part) => toResource(resource, part));
    const api = { ...resource, attributes: { ...settings.attributes, ...attributes }, causes: settings.causes };
    return [api, ...created];
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const problem = `a body that is no valid OpenAPI document (${error.message})`;
    const supported = 'OpenAPI 3.0 and Swagger 2.0, as JSON or YAML';
    return [{ ...resource, causes: [{ address, attribute: 'body', found: error.message, problem, supported }] }];
  }
}

/** The settings of the API itself. Attributes of the Terraform precede them. */
function settingsOf({ type, address }: Resource, document: OpenApiDocument, { settings, extensions }: BodyReader) {
  const rules = RESOURCE_TYPES[type]?.attributes ?? {};
  const causes: NotSimulated[] = unknownExtensions(document.root, extensions).map((name) => ({
    ...{ address, attribute: `body.${name}`, supported: `no ${name}` },
  }));
  const present = Object.entries(settings(document)).filter(([, value]) => value !== undefined);
  const configured = Object.fromEntries(present);
  const attributes = usedAttributes(address, configured, rules, (fault) => causes.push(fault));
  const named = Object.fromEntries(Object.entries(rules).filter(([name]) => name in attributes));
  causes.push(...unsupportedValues(address, attributes, named));
  return { attributes, causes };
}
