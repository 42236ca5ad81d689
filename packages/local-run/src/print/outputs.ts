/** Formats the outputs of a stack: one row for each text, number or switch in an output. */
import type { Deployment } from '../model/deployment';

export const SENSITIVE = '<sensitive>';

/** Names that Terraform accepts after a dot. */
const NAME = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/** Returns the outputs as people may see them: `<sensitive>` replaces the values of sensitive outputs, as in Terraform. */
export function shownOutputs({ outputs, sensitiveOutputs = [] }: Deployment): Deployment['outputs'] {
  const shown = Object.entries(outputs).map(([name, value]) => [
    name,
    sensitiveOutputs.includes(name) ? SENSITIVE : value,
  ]);
  return Object.fromEntries(shown) as Deployment['outputs'];
}

/**
 * Returns the expressions and the values of an output.
 * @param expression the name of the output
 * @example
 * outputRows('urls', { live: 'http://127.0.0.1:3000/live' }); // [['urls.live', 'http://127.0.0.1:3000/live']]
 */
export function outputRows(expression: string, value: unknown): (readonly [expression: string, value: string])[] {
  if (typeof value !== 'object' || value === null) return [[expression, valueText(value)]];
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return [[expression, isList ? '[]' : '{}']];
  return entries.flatMap(([key, inner]) => {
    const step = isList ? `[${key}]` : NAME.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    return outputRows(`${expression}${step}`, inner);
  });
}

/** Line breaks would break the table, and other control characters must not reach the terminal. */
function valueText(value: unknown): string {
  return typeof value === 'string' && /[\p{Cc}\p{Zl}\p{Zp}]/u.test(value) ? JSON.stringify(value) : String(value);
}
