/** Reads the models that validate the bodies of requests to REST APIs (aws_api_gateway_model, _request_validator). */
import { DeploymentError } from '../../model/deployment-error';
import { NotSimulatedError } from '../../model/not-simulated';
import type { Resource } from './resource';
import type { Resources } from './resources';

/** The JSON Schema that the gateway validates request bodies with. */
export function bodySchema(method: Resource, resources: Resources): object | undefined {
  const { attributes } = method;
  if (attributes['request_validator_id'] === undefined) return undefined;
  const validator = resources.only('aws_api_gateway_request_validator', 'id', attributes['request_validator_id']);
  if (validator.causes.length > 0) throw new NotSimulatedError(validator.causes);
  const name = (attributes['request_models'] as Record<string, string> | undefined)?.['application/json'];
  if (validator.attributes['validate_request_body'] !== true || name === undefined) return undefined;
  const model = modelNamed(name, method, resources);
  if (model.causes.length > 0) throw new NotSimulatedError(model.causes);
  return parseSchema(model);
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
