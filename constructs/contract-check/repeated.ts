/** Reports values that a list contains twice. */
import type { Place } from './place';

/** Reports repeated values. @param place an array of texts */
export function checkRepeated(place: Place): void {
  const seen = new Set<unknown>();
  for (const item of place.items) {
    if (seen.has(item.value)) item.fault(`is ${String(item.value)}, which appears twice`);
    seen.add(item.value);
  }
}
