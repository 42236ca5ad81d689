/** Reads what the request validators of REST APIs check (aws_api_gateway_request_validator, _model). */
import type { RequestParameter, RestRouteDeployment } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import { NotSimulatedError } from '../../model/not-simulated';
import type { Attributes, Resource } from './resource';
import type { Resources } from './resources';

type Validation = Pick<RestRouteDeployment, 'bodySchema' | 'requiredParameters'>;

/** What the request validator of a method checks. */
export function validationOf(method: Resource, resources: Resources): Validation {
  const { attributes } = method;
  if ([undefined, null, ''].includes(attributes['request_validator_id'] as string | null | undefined)) return {};
  const validator = resources.only('aws_api_gateway_request_validator', 'id', attributes['request_validator_id']);
  if (validator.causes.length > 0) throw new NotSimulatedError(validator.causes);
  const { validate_request_body: ofBody, validate_request_parameters: ofParameters } = validator.attributes;
  const schema = ofBody === true ? bodySchema(method, resources) : undefined;
  const required = ofParameters === true ? requiredParameters(method) : [];
  return { ...(schema && { bodySchema: schema }), ...(required.length > 0 && { requiredParameters: required }) };
}

const PARAMETER = /^method\.request\.(header|querystring|path)\.(.+)$/;

/** Parameters that are `true` are required. */
function requiredParameters({ attributes }: Resource): RequestParameter[] {
  const declared = Object.entries((attributes['request_parameters'] ?? {}) as Attributes);
  return declared.flatMap(([text, required]) => {
    const [, place, name = ''] = PARAMETER.exec(text) ?? [];
    return required === true && place !== undefined ? [{ in: place as RequestParameter['in'], name }] : [];
  });
}

/** API Gateway's models of every API. They accept every body. */
const DEFAULT_MODELS = ['Empty', 'Error'];

function bodySchema(method: Resource, resources: Resources): object | undefined {
  const models = method.attributes['request_models'] as Record<string, string> | undefined;
  const name = models?.['application/json'];
  if (name === undefined) return undefined;
  const schema = schemaNamed(name, method, resources);
  return schema && withReferredModels(schema, method, resources);
}

function schemaNamed(name: string, method: Resource, resources: Resources): object | undefined {
  const isDefined = resources
    .where('aws_api_gateway_model', 'rest_api_id', method.attributes['rest_api_id'])
    .some(({ attributes }) => attributes['name'] === name);
  if (!isDefined && DEFAULT_MODELS.includes(name)) return undefined;
  const model = modelNamed(name, method, resources);
  if (model.causes.length > 0) throw new NotSimulatedError(model.causes);
  return parseSchema(model);
}

/** A reference to a model: `https://apigateway.amazonaws.com/restapis/abcdef1234/models/Pet`. */
const MODEL_URL = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([A-Za-z0-9]+)$/;

/** Adds the models that a schema refers to, each with its URL as its id. */
function withReferredModels(schema: object, method: Resource, resources: Resources): object {
  const referred = new Map<string, object>();
  const pending = [schema];
  for (const current of pending) {
    for (const url of references(current)) {
      const [, name] = MODEL_URL.exec(url) ?? [];
      if (name === undefined) {
        const supported = 'references to models of the same API, and within a model';
        const { address } = method;
        throw new NotSimulatedError([{ address, attribute: 'request_models', found: `$ref ${url}`, supported }]);
      }
      if (referred.has(url)) continue;
      const model = schemaNamed(name, method, resources) ?? {};
      referred.set(url, { ...model, $id: url });
      pending.push(model);
    }
  }
  if (referred.size === 0) return schema;
  const { definitions } = schema as { readonly definitions?: object };
  return { ...schema, definitions: { ...definitions, ...Object.fromEntries(referred) } };
}

/** The values of `$ref` in a schema that lead out of it. */
function references(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { $ref } = schema as { readonly $ref?: unknown };
  const outer = typeof $ref === 'string' && !$ref.startsWith('#') ? [$ref] : [];
  return [...outer, ...Object.values(schema).flatMap(references)];
}

/** Finds a model of the method's API. Names of models are unique for each API (API reference, CreateModel). */
function modelNamed(name: string, { address, attributes }: Resource, resources: Resources): Resource {
  const [model, ...others] = resources
    .where('aws_api_gateway_model', 'rest_api_id', attributes['rest_api_id'])
    .filter((candidate) => candidate.attributes['name'] === name);
  if (!model) {
    const supported = 'a model of the same API and stack';
    throw new NotSimulatedError([{ address, attribute: 'request_models', found: JSON.stringify(name), supported }]);
  }
  const [second] = others;
  if (second)
    throw new DeploymentError(`${second.address}: ${model.address} of the same API has the same name = "${name}".`);
  return model;
}

function parseSchema({ address, attributes }: Resource): object {
  try {
    return JSON.parse(attributes['schema'] as string) as object;
  } catch (error) {
    throw new DeploymentError(`${address}: schema is not valid JSON: ${(error as Error).message}.`);
  }
}
