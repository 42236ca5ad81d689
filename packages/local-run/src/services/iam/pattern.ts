/** Compiles the patterns of IAM policies: `*` matches any number of characters, `?` matches one character. */

/** Returns whether a text matches the pattern. */
export type Matcher = (text: string) => boolean;

/**
 * Compiles a pattern.
 * @param ignoreCase true for actions: IAM ignores their case. @default false
 */
export function wildcard(pattern: string, ignoreCase = false): Matcher {
  if (/^\*+$/.test(pattern)) return () => true;
  const source = pattern
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    // Replaces consecutive stars by a single star. They mean the same, but would make the expression slow.
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, ignoreCase ? 'is' : 's');
  return (text) => expression.test(text);
}

/**
 * Compiles an ARN pattern. Compares the six parts of an ARN separately: a `*` in the first five parts does not match a colon.
 * Missing parts at the end of the pattern are wildcards (IAM User Guide, "JSON policy elements: Resource").
 */
export function arnPattern(pattern: string): Matcher {
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

/** Splits an ARN at its first five colons. The sixth part, the resource, may contain colons. */
function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(':')] : [])];
}
