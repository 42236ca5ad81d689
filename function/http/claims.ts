/** Reads the claims that an authorizer put into an event. */

type Claims = Readonly<Record<string, string>>;

const NO_CLAIMS: Claims = {};

/**
 * Converts claims to text, the form in which JWT authorizers pass them. The context of an authorizer function may have other
 * values: numbers and booleans become text, objects and arrays become JSON, and null is left out.
 */
export function toClaims(values: unknown): Claims {
  if (typeof values !== 'object' || values === null) return NO_CLAIMS;
  const claims: Record<string, string> = {};
  for (const [name, value] of Object.entries(values as Record<string, unknown>)) {
    if (value === null || value === undefined) continue;
    claims[name] = typeof value === 'string' ? value : JSON.stringify(value);
  }
  return claims;
}
