/** Reports values that a list has twice. */
import type { Place } from './place';

/** @param place an array of texts */
export function checkRepeated(place: Place): void {
  const seen = new Set<unknown>();
  for (const item of place.items) {
    if (seen.has(item.value)) item.fault(`is ${String(item.value)}, which stands there twice`);
    seen.add(item.value);
  }
}
