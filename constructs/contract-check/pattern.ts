/** Checks the patterns of strings. Refuses patterns for which a caller can send a text that keeps the function busy. */
import type { Place } from './place';
import { complexityOf } from './pattern-complexity';

/** Maximum steps of a match: about a millisecond. */
const MAX_STEPS = 100_000;

/** Checks the pattern of a string. @param place the schema of the string */
export function checkPattern(place: Place): void {
  const [pattern, maxLength] = [place.field('pattern'), place.field('maxLength').value];
  if (typeof pattern.value !== 'string') return;
  const invalid = syntaxFault(pattern.value);
  if (invalid !== undefined) return pattern.fault(`is not a regular expression with the flag u: ${invalid}`);
  if (!place.has('maxLength')) pattern.fault('requires maxLength, which limits the time of a match');
  const message = complexityFault(pattern.value, typeof maxLength === 'number' ? maxLength : Infinity);
  if (message !== undefined) pattern.fault(message);
}

function syntaxFault(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'u');
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function complexityFault(pattern: string, maxLength: number): string | undefined {
  const { degree, attack } = complexityOf(pattern);
  if (degree === undefined) return 'is too complex to be checked for backtracking; write a simpler pattern';
  if (degree <= 1 || maxLength ** degree <= MAX_STEPS) return undefined;
  const growth = degree === Infinity ? 'exponentially' : `with power ${degree} of the length`;
  const example = attack === undefined ? '' : `, for example with ${attack}`;
  const advice =
    degree === Infinity
      ? 'Let no two repetitions match the same text'
      : `Begin it with ^, let no two repetitions match the same text, or set maxLength to ${Math.floor(MAX_STEPS ** (1 / degree))} at most`;
  return `backtracks: its time grows ${growth}${example}. ${advice}`;
}
