/** Checks the fields in paths. */
import { pathParameters } from '../../function/contract/model';
import type { ContractFacts } from './contract-facts';
import type { RoutePlace } from './routes';
import { isScalar } from './scalar';

/** Reports a parameter whose field has a type that no path can contain. */
export function checkPathFields({ place, path }: RoutePlace, { fields }: ContractFacts): void {
  for (const name of pathParameters(path)) {
    const schema = fields.schema(name);
    if (!schema || isScalar(schema)) continue;
    place.fault(`has the parameter {${name}}, but a path can contain only strings, numbers, integers and booleans`);
  }
}
