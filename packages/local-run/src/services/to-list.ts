/** Returns a value as a list. The value may be a list, a single value or missing: JSON of IAM and of Terraform has all three forms. */
export function toList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return value === undefined || value === null ? [] : [value];
}
