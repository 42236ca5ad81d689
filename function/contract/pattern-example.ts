/** Makes a short text that matches a regular expression: its first alternatives, with each part as often as it must be. */

/** Characters that stand for a class, in the order in which they are tried. */
const ALPHABET = Array.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/@ ~!#$%&()*+,;=?^{}|');

/**
 * @param pattern an ECMAScript regular expression with the flag `u`
 * @param minLength parts that may repeat do so until the text is this long
 * @returns a text that matches most patterns; test it. Look-around and back references are ignored.
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

  /** Reads to the end or the closing bracket. @returns an example of the first alternative */
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

  /** An atom with its quantifier. */
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

  /** @returns the text of the atom at a place of the result, so that classes give different characters */
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

  /** The escape as a pattern of its own: `\d`, `\u{1F600}`, `\p{Lu}`. */
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

/** Characters that match a pattern for one character. */
function pick(pattern: string): (place: number) => string {
  const matching = ALPHABET.filter((character) => new RegExp(`^${pattern}$`, 'u').test(character));
  return (place) => matching[place % matching.length] ?? '';
}
