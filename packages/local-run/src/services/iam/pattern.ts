/** Compiles the patterns of IAM policies: `*` matches any number of characters, `?` matches one character. */

/** Returns whether a text matches the pattern. */
export type Matcher = (text: string) => boolean;

/**
 * Compiles a pattern.
 * @param ignoreCase true for actions: IAM ignores their case. @default false
 */
export function wildcard(pattern: string, ignoreCase = false): Matcher {
  if (!ignoreCase) return (text) => matchesWildcard(pattern, text);
  const lowerCasePattern = pattern.toLowerCase();
  return (text) => matchesWildcard(lowerCasePattern, text.toLowerCase());
}

/**
 * Whether a text matches a pattern. After a mismatch, only the last `*` takes one more character, so a match takes at most
 * `pattern.length * text.length` steps. A backtracking regular expression takes exponential time for many `*`.
 */
function matchesWildcard(pattern: string, text: string): boolean {
  let [at, position] = [0, 0];
  /** `star` is the last `*` in the pattern. `resume` is the position in the text after the characters that it matches. */
  let [star, resume] = [-1, 0];
  while (position < text.length) {
    const step = pattern[at];
    if (step === '*') {
      [star, resume] = [at, position];
      at += 1;
    } else if (step === text[position] || step === '?') {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      resume += 1;
      [at, position] = [star + 1, resume];
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
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
