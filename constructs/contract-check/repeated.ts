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

/** Reports items that appear twice, and more items than a quota of API Gateway allows. */
export function checkQuota(place: Place, max: number, noun: string): void {
  checkRepeated(place);
  const { length } = place.items;
  if (length > max) place.fault(`has ${length} values; API Gateway's quota is ${max} ${noun}`);
}
