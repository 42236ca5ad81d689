/**
 * Finds forbidden parts in the templates of a text: Terraform evaluates `${...}` and `%{...}` in every text of a stack.
 *
 * The scanner refuses comments, heredocs, namespaces of functions, and unclear escapes such as `$$${`, because Terraform could
 * read them in another way. So a forbidden call cannot be hidden from the scanner.
 */
import { PURE_FUNCTIONS } from './template-functions';

/** Signs that start a template if a brace follows. */
const SIGNS = /[$%]+\{?/y;
const ESCAPES = ['$${', '%%{'];
const STARTS = ['${', '%{'];
const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+/y;
const CALL = /\s*\(/y;
const PART = /\s*[.[]/y;
const MODULE_PATH = /\s*\.\s*module\b/y;
/** Keywords that may precede a parenthesis. They are not function calls. */
const KEYWORDS = new Set(['for', 'in', 'if', 'else', 'endif', 'endfor']);
/** Objects with values of the machine or the run. `path.module` is allowed: it is always the stack's folder. */
const MACHINE = new Set(['path', 'terraform', 'self', 'ephemeral']);
/** Maximum depth of nested templates. */
const MAX_NESTED = 50;
/** Tokens that the scanner refuses, because it does not parse what follows them. */
const UNCLEAR: readonly (readonly [token: string, fault: string])[] = [
  ['//', 'contains a comment'],
  ['/*', 'contains a comment'],
  ['#', 'contains a comment'],
  ['<<', 'contains a heredoc'],
  ['::', 'calls a function with a namespace'],
];

/** @returns the faults of a text, each once, for example `calls file()`; an empty list for a text without forbidden parts */
export function templateFaults(text: string): string[] {
  const scanner = new Scanner(text);
  scanner.literal(false);
  return [...scanner.faults];
}

class Scanner {
  readonly faults = new Set<string>();
  private position = 0;
  private nested = 0;

  constructor(private readonly text: string) {}

  /** Scans literal text to the end of the text or, in a quoted text, to the closing quote. */
  literal(quoted: boolean): void {
    while (this.position < this.text.length) {
      const character = this.text.charAt(this.position);
      if (quoted && character === '"') {
        this.position += 1;
        return;
      }
      const start = this.match(SIGNS);
      if (start !== undefined) {
        if (!start.endsWith('{') || ESCAPES.includes(start)) continue;
        if (!STARTS.includes(start)) this.faults.add(`has the unclear escape ${start}`);
        this.expression();
      } else if (quoted && /^\\["\\]/.test(this.text.slice(this.position, this.position + 2))) this.position += 2;
      else this.position += 1;
    }
    if (quoted) this.faults.add('has a quoted text without an end');
  }

  /** Scans an expression to the closing brace. */
  private expression(): void {
    this.nested += 1;
    if (this.nested > MAX_NESTED) {
      this.faults.add(`has more than ${MAX_NESTED} nested templates`);
      this.position = this.text.length;
    }
    let [depth, previous] = [1, ''];
    while (depth > 0 && this.position < this.text.length) {
      const character = this.text.charAt(this.position);
      const name = this.match(NAME);
      if (name !== undefined) this.name(name, previous === '.');
      else if (this.match(NUMBER) === undefined) {
        const unclear = UNCLEAR.find(([token]) => this.text.startsWith(token, this.position));
        if (unclear) this.faults.add(unclear[1]);
        this.position += 1;
        if (character === '"') this.literal(true);
        if (character === '{') depth += 1;
        if (character === '}') depth -= 1;
      }
      if (character.trim() !== '') previous = character;
    }
    if (depth > 0) this.faults.add('has a template without an end');
    this.nested -= 1;
  }

  private name(name: string, isAttribute: boolean): void {
    if (this.sees(CALL) && !KEYWORDS.has(name) && !PURE_FUNCTIONS.has(name)) this.faults.add(`calls ${name}()`);
    if (isAttribute || !MACHINE.has(name) || !this.sees(PART)) return;
    if (name === 'path' && this.sees(MODULE_PATH)) return;
    this.faults.add(`refers to ${name}`);
  }

  /** Matches a pattern at the current position, and moves behind the match. */
  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const [match] = pattern.exec(this.text) ?? [];
    if (match !== undefined) this.position += match.length;
    return match;
  }

  private sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.position;
    return pattern.test(this.text);
  }
}
