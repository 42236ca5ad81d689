/** The regular expressions of templates and authorizers. API Gateway evaluates them with Java. */

/** Escaped characters that need no escape. Java accepts the backslash before every punctuation mark. */
const NEEDLESS_ESCAPE = /\\([!"#%&',:;<=>@_`~-])|\\[^]/g;

/**
 * Compiles a regular expression that must match a whole text. With the flag `u`, JavaScript refuses syntax that it would
 * otherwise read in another way than Java, such as `\Z` and `\p{Space}`.
 * @throws SyntaxError for an expression that JavaScript does not know
 */
export function wholePattern(pattern: string): RegExp {
  const escaped = pattern.replace(NEEDLESS_ESCAPE, (found, mark: string | undefined) =>
    mark === undefined ? found : `\\x${mark.charCodeAt(0).toString(16)}`,
  );
  return new RegExp(`^(?:${escaped})$`, 'u');
}
