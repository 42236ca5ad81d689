/** Values that only AWS knows. They are text with a marker, so that any text that contains one is unknown, too. */

export const UNKNOWN = '(known only to AWS)';

/** Whether a value, or a value within it, is unknown. */
export function isUnknown(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(UNKNOWN);
  return typeof value === 'object' && value !== null && Object.values(value).some(isUnknown);
}
