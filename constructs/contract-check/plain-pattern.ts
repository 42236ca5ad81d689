/** Recognizes simple regular expressions whose time grows in proportion to the text's length. */

/** Matches a character class, a property escape, a code point escape, or another escape; group 1 is a backreference. */
const ATOMS = /\[(?:\\.|[^\]\\])*\]|\\[pPu]\{[^}]*\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\c[A-Za-z]|(\\[1-9k])|\\./gsu;

/** Matches ^ and atoms, with at most one repetition of variable length, without groups and alternatives. */
const PLAIN = /^\^(?:a(?:\{\d+\})?)*(?:a(?:[*+?]|\{\d+,\d*\})\??)?(?:a(?:\{\d+\})?)*\$?$/;

/**
 * Whether the pattern is anchored and has at most one repetition of variable length. A match then tries each length of the
 * repetition once. Returns false for many other linear patterns.
 * @param pattern valid with the flag `u`
 */
export function isPlainlyLinear(pattern: string): boolean {
  // A backreference becomes a bracket, which PLAIN does not match.
  const atoms = pattern.replace(ATOMS, (_, backreference: string | undefined) =>
    backreference === undefined ? 'a' : '(',
  );
  // The remaining literals become `a`. Quantifiers such as {2,3} stay: their digits and commas are not literals.
  const plain = atoms.replace(/\{[\d,]+\}|[^^$*+?{}()|a]/gu, (text) => (text.startsWith('{') ? text : 'a'));
  return plain.length <= MAX_CHARACTERS && PLAIN.test(plain);
}

/** Maximum length of a pattern to test: PLAIN itself backtracks on texts that it does not match. */
const MAX_CHARACTERS = 500;
