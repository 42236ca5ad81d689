/** Values that Terraform knows before an apply. */
import { containsUnknown } from '../../protocol/values';

/** Whether neither a value nor a part of it is unknown. */
export function isKnown(value: unknown): boolean {
  return !containsUnknown(value);
}
