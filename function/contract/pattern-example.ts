/**
 * Makes a short text that matches a regular expression. It takes the first alternatives, and repeats each part the minimum
 * number of times.
 */

/** Candidates for a character of a class, in order of preference. */
const ALPHABET = Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/@ ~!#$%&()*+,;=?^{}|');

/**
 * @param pattern an ECMAScript regular expression with the flag `u`
 * @param minLength minimum length of the text; parts with `*`, `+` or `{2,}` are repeated to reach it
 * @returns the text. Test it: it may not match a pattern with look-around or back references, which are ignored.
 * @example patternExample('^[A-Z]{2}-\\d{3}$', 0) // 'AB-012'
 */
export function patternExample(pattern: string, minLength: number): string {
  return new Reader(pattern, minLength).alternatives();
}

class Reader {
  private position = 0;
  private written = 0;

  constructor(
    private readonly pattern: string,
    private readonly minLength: number,
  ) {}

  /** Reads alternatives up to the end or a closing bracket. @returns an example of the first alternative */
  alternatives(): string {
    let first: string | undefined;
    let text = '';
    while (this.position < this.pattern.length && this.peek() !== ')') {
      if (this.peek() === '|') {
        this.position += 1;
        first ??= text;
        text = '';
      } else text += this.term();
    }
    return first ?? text;
  }

  private peek(): string {
    return this.pattern[this.position] ?? '';
  }

  /** Reads an atom with its quantifier. */
  private term(): string {
    const start = this.written;
    const atom = this.atom();
    const [count, isOpen] = this.quantifier();
    let text = '';
    for (let index = 0; index < count; index += 1) text += atom(start + text.length);
    if (isOpen && atom(start) !== '') while (start + text.length < this.minLength) text += atom(start + text.length);
    this.written = start + text.length;
    return text;
  }

  /**
   * Reads an atom.
   * @returns a function from the position in the result to the atom's text, so that a class gives different characters
   */
  private atom(): (place: number) => string {
    const character = this.peek();
    this.position += 1;
    if (character === '^' || character === '$') return () => '';
    if (character === '(') return this.group();
    if (character === '[') return this.characterClass();
    if (character === '.') return (place) => ALPHABET[place % 26] ?? 'a';
    if (character !== '\\') return () => character;
    return pick(this.escape());
  }

  private group(): () => string {
    const isIgnored = /^\?<?[=!]/.test(this.pattern.slice(this.position));
    this.position += /^\?(:|<?[=!]|<[^>]+>)/.exec(this.pattern.slice(this.position))?.[0].length ?? 0;
    const text = this.alternatives();
    this.position += 1;
    return () => (isIgnored ? '' : text);
  }

  private characterClass(): (place: number) => string {
    const start = this.position - 1;
    let end = this.position;
    while (end < this.pattern.length && this.pattern[end] !== ']') end += this.pattern[end] === '\\' ? 2 : 1;
    this.position = end + 1;
    return pick(this.pattern.slice(start, end + 1));
  }

  /** Reads an escape. @returns a pattern for one character: `\d`, `\u{1F600}`, `\p{Lu}` */
  private escape(): string {
    const [text = ''] =
      /^([pPu]\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|c[a-z]|.)/iu.exec(this.pattern.slice(this.position)) ?? [];
    this.position += text.length;
    return /^[bB]$/.test(text) ? '(?!)' : `\\${text}`;
  }

  private quantifier(): [count: number, isOpen: boolean] {
    const [text, range, minimum = '', comma] =
      /^(?:[*+?]|(\{(\d+)(,?)\d*\}))\??/.exec(this.pattern.slice(this.position)) ?? [];
    if (text === undefined) return [1, false];
    this.position += text.length;
    if (range !== undefined) return [Number(minimum), comma === ','];
    if (text.startsWith('+')) return [1, true];
    return [0, text.startsWith('*')];
  }
}

/** Returns a function that picks a matching character for each position. @param pattern matches one character */
function pick(pattern: string): (place: number) => string {
  const matching = ALPHABET.filter((character) => new RegExp(`^${pattern}$`, 'u').test(character));
  return (place) => matching[place % matching.length] ?? '';
}
