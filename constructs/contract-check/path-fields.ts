/** Checks the fields that paths give. */
import { pathParameters } from '../../function/contract/model';
import type { ContractFacts } from './contract-facts';
import type { RoutePlace } from './routes';
import { isScalar } from './scalar';

/** Reports a parameter with the name of a field whose values no path can have. */
export function checkPathFields({ place, path }: RoutePlace, { fields }: ContractFacts): void {
  for (const name of pathParameters(path)) {
    const schema = fields.schema(name);
    if (!schema || isScalar(schema)) continue;
    place.fault(
      `has the parameter {${name}}, but a path cannot have the values of that field; it has strings, numbers, integers and booleans`,
    );
  }
}
