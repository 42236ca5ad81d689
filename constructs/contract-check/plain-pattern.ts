/** Recognizes regular expressions that obviously take time in proportion to the text's length. */

/** A character class, a property escape, a code point escape, or another escape; group 1 is a backreference. */
const ATOMS = /\[(?:\\.|[^\]\\])*\]|\\[pPu]\{[^}]*\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\c[A-Za-z]|(\\[1-9k])|\\./gsu;

/** Starts with ^ and has at most one repetition of variable length, and neither groups nor alternatives. */
const PLAIN = /^\^(?:a(?:\{\d+\})?)*(?:a(?:[*+?]|\{\d+,\d*\})\??)?(?:a(?:\{\d+\})?)*\$?$/;

/**
 * Whether the pattern is anchored and has a single repetition of variable length: such a match tries each length of the
 * repetition once. Says no to many patterns that are linear, too.
 * @param pattern valid with the flag `u`
 */
export function isPlainlyLinear(pattern: string): boolean {
  // A backreference becomes a bracket, which PLAIN does not have.
  const atoms = pattern.replace(ATOMS, (_, backreference: string | undefined) =>
    backreference === undefined ? 'a' : '(',
  );
  // The literals that remain. Quantifiers have digits and commas, too, and stay.
  const plain = atoms.replace(/\{[\d,]+\}|[^^$*+?{}()|a]/gu, (text) => (text.startsWith('{') ? text : 'a'));
  return plain.length <= MAX_CHARACTERS && PLAIN.test(plain);
}

/** PLAIN itself backtracks on what does not match. */
const MAX_CHARACTERS = 500;
