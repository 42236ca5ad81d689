/** Reads regular expressions. API Gateway evaluates them with Java, whose syntax is nearly the same. */
import { NotSimulatedError } from '../../model/not-simulated';
import { wholePattern } from '../../services/api-gateway/whole-pattern';
import type { Resource } from './resource';

/**
 * @returns undefined when the attribute is missing or empty
 * @throws NotSimulatedError when JavaScript does not know the syntax
 */
export function patternOf({ address, attributes }: Resource, attribute: string): string | undefined {
  const pattern = (attributes[attribute] ?? '') as string;
  if (pattern === '') return undefined;
  try {
    wholePattern(pattern);
    return pattern;
  } catch {
    const supported = 'regular expressions of JavaScript with the flag u';
    throw new NotSimulatedError([{ address, attribute, found: JSON.stringify(pattern), supported }]);
  }
}
