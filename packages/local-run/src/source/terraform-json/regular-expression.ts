/** Reads regular expressions. API Gateway evaluates them with Java, whose syntax is nearly the same. */
import { NotSimulatedError } from '../../model/not-simulated';
import type { Resource } from './resource';

/**
 * @returns undefined when the attribute is missing or empty
 * @throws NotSimulatedError when Node.js does not know the syntax
 */
export function patternOf({ address, attributes }: Resource, attribute: string): string | undefined {
  const pattern = (attributes[attribute] ?? '') as string;
  if (pattern === '') return undefined;
  try {
    new RegExp(pattern);
    return pattern;
  } catch {
    const supported = 'regular expressions of JavaScript';
    throw new NotSimulatedError([{ address, attribute, found: JSON.stringify(pattern), supported }]);
  }
}
