/** Wildcards of IAM policies: `*` for any characters, `?` for one. */

/** Whether a text is what the pattern means; compiled once, as it is asked at every call. */
export type Matches = (text: string) => boolean;

/** @param ignoreCase as actions have it, and operators that say so */
export function wildcard(pattern: string, ignoreCase = false): Matches {
  if (/^\*+$/.test(pattern)) return () => true;
  const source = pattern
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    // Several stars mean one, and would make the expression slow.
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, ignoreCase ? 'is' : 's');
  return (text) => expression.test(text);
}

/**
 * Each of the six parts of an ARN is compared for itself, so that a `*` does not reach over a colon of the first five;
 * parts that are missing at the end are wildcards (IAM User Guide, "JSON policy elements: Resource").
 */
export function arnPattern(pattern: string): Matches {
  if (/^\*+$/.test(pattern)) return () => true;
  const parts = arnParts(pattern);
  const matches = Array.from({ length: 6 }, (_, index) => wildcard(parts[index] ?? '*'));
  return (arn) => {
    // What no ARN is (the `*` of an action without a resource) only the pattern `*` matches.
    if (!arn.startsWith('arn:')) return false;
    const given = arnParts(arn);
    return matches.every((match, index) => match(given[index] ?? ''));
  };
}

/** The last part, the resource, may have colons of its own. */
function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(':')] : [])];
}
