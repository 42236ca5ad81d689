/** Wildcards of IAM policies: `*` matches any characters, `?` matches one. */

/** Whether a text matches the compiled pattern. */
export type Matches = (text: string) => boolean;

/** @param ignoreCase for actions, and for the operators that ignore case */
export function wildcard(pattern: string, ignoreCase = false): Matches {
  if (/^\*+$/.test(pattern)) return () => true;
  const source = pattern
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    // Consecutive stars mean the same as a single star, and would make the expression slow.
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, ignoreCase ? 'is' : 's');
  return (text) => expression.test(text);
}

/**
 * Compares each of the six parts of an ARN separately: a `*` in the first five parts does not match a colon. Missing parts at
 * the end are wildcards (IAM User Guide, "JSON policy elements: Resource").
 */
export function arnPattern(pattern: string): Matches {
  if (/^\*+$/.test(pattern)) return () => true;
  const patternParts = arnParts(pattern);
  const matches = Array.from({ length: 6 }, (_, index) => wildcard(patternParts[index] ?? '*'));
  return (arn) => {
    // An action without a resource has the resource `*`, which only the pattern `*` matches.
    if (!arn.startsWith('arn:')) return false;
    const parts = arnParts(arn);
    return matches.every((match, index) => match(parts[index] ?? ''));
  };
}

/** The sixth part, the resource, may contain colons. */
function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(':')] : [])];
}
