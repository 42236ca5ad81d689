/** Checks the contract's `cors`. */
import { isBoolean, isListOf, isWhole, type Place } from './place';
import { checkRepeated } from './repeated';

/** Checks the contract's `cors`. */
export function checkCors(contract: Place): void {
  const place = contract.field('cors');
  if (!contract.has('cors') || !place.isObject("an object such as { origins: ['https://todos.example.com'] }")) return;
  place.allowOnly(['origins', 'credentials', 'maxAgeSeconds'], 'cors');
  place.optional('credentials', 'true or false', isBoolean);
  place.optional('maxAgeSeconds', 'a whole number from 0 to 86400', isWhole(0, 86_400));
  if (
    !place.required(
      'origins',
      "an array of origins, such as ['https://todos.example.com']",
      isListOf(() => true),
    )
  )
    return;
  const origins = place.field('origins');
  for (const origin of origins.items)
    if (!isOrigin(origin.value)) origin.mustBe("an origin without a path, such as https://todos.example.com, or '*'");
  checkRepeated(origins);
  if (!origins.items.some(({ value }) => value === '*')) return;
  if (origins.items.length > 1) origins.fault("has '*' beside other origins; '*' allows all, so leave the others out");
  if (place.field('credentials').value === true) {
    place.field('credentials').fault("is true while origins has '*'; browsers refuse that. Name the origins");
  }
}

/**
 * Whether browsers can send the text as the header Origin: in lower case, without user, path, default port or wildcard. It has no
 * characters that mapping expressions and templates of API Gateway would read.
 */
function isOrigin(value: unknown): boolean {
  if (value === '*') return true;
  if (typeof value !== 'string' || !/^[a-z][a-z\d+.-]*:\/\/[^/?#@*\s"'`$,;\\{}]+$/.test(value) || !URL.canParse(value))
    return false;
  // For other schemes, such as capacitor://localhost, `URL` has the origin `null`.
  return /^https?:/.test(value) ? new URL(value).origin === value : value === value.toLowerCase();
}
