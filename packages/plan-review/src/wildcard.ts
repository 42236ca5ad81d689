/** Matches the wildcards of IAM policies, without regular expressions: their backtracking takes exponential time for many `*`. */

/**
 * Whether a text matches a pattern. `*` matches any number of characters, and `?` matches one character. After a mismatch,
 * only the last `*` takes one more character, so a match takes at most `pattern.length * text.length` steps.
 * @param matchesOne whether `?` matches this character @default every character
 * @example matchesWildcard('s3:Get*', 's3:GetObject')
 */
export function matchesWildcard(
  pattern: string,
  text: string,
  matchesOne: (character: string) => boolean = () => true,
): boolean {
  let [at, position] = [0, 0];
  /** `star` is the last `*` in the pattern. `resume` is the position in the text after the characters that it matches. */
  let [star, resume] = [-1, 0];
  while (position < text.length) {
    const step = pattern[at];
    const character = text[position] ?? '';
    if (step === '*') {
      [star, resume] = [at, position];
      at += 1;
    } else if (step === character || (step === '?' && matchesOne(character))) {
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
 * Whether `wide` matches every text that `narrow` matches. Both may have wildcards: only a `*` of `wide` covers a `*` of
 * `narrow`.
 */
export function coversPattern(wide: string, narrow: string): boolean {
  return wide === narrow || matchesWildcard(wide, narrow, (character) => character !== '*');
}
