/** Splits the text of a `.tf` file into the tokens that are needed to find its blocks. Comments are left out. */

export interface Token {
  readonly kind: 'word' | 'string' | 'heredoc' | 'newline' | 'symbol';
  /** A string or heredoc: its text between the delimiters, as written. */
  readonly text: string;
}

const BLANK = /[ \t\r\ufeff]+/y;
const COMMENT = /(?:#|\/\/)[^\n]*|\/\*[^]*?(?:\*\/|$)/y;
const HEREDOC = /<<-?[ \t]*([\p{L}_][\p{L}\p{N}_-]*)[^\n]*\n/uy;
const WORD = /[\p{L}\p{N}_][\p{L}\p{N}_-]*/uy;

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  /** Moves behind a match at the current position. */
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match) position = pattern.lastIndex;
    return match;
  };
  while (position < text.length) {
    if (take(BLANK) || take(COMMENT)) continue;
    const heredoc = take(HEREDOC);
    if (heredoc) {
      const end = endOfHeredoc(text, position, heredoc[1] ?? '');
      tokens.push({ kind: 'heredoc', text: text.slice(position, end) });
      position = end;
      continue;
    }
    const word = take(WORD);
    if (word) {
      tokens.push({ kind: 'word', text: word[0] });
      continue;
    }
    const character = text.charAt(position);
    if (character === '"') {
      const end = endOfString(text, position + 1);
      tokens.push({ kind: 'string', text: text.slice(position + 1, end) });
      position = end + 1;
      continue;
    }
    tokens.push({ kind: character === '\n' ? 'newline' : 'symbol', text: character });
    position += 1;
  }
  return tokens;
}

const TEMPLATE = /\$\$\{|%%\{|[$%]\{/g;

/** @returns the tokens of the expressions in a string or heredoc: `${...}` and `%{...}` */
export function templateTokens({ kind, text }: Token): Token[] {
  if (kind !== 'string' && kind !== 'heredoc') return [];
  const tokens: Token[] = [];
  let end = 0;
  for (const { 0: opening, index } of text.matchAll(TEMPLATE)) {
    // An expression within the previous expression, or an escaped `${`.
    if (index < end || opening.length > 2) continue;
    end = endOfTemplate(text, index + opening.length);
    tokens.push(...tokensOf(text.slice(index + opening.length, end - 1)), { kind: 'newline', text: '\n' });
  }
  return tokens;
}

export function isSymbol(token: Token | undefined, symbol: string): boolean {
  return token?.kind === 'symbol' && token.text === symbol;
}

/** @returns the position of the closing quote */
function endOfString(text: string, start: number): number {
  let position = start;
  while (position < text.length && text.charAt(position) !== '"') {
    const next = text.slice(position, position + 3);
    if (next === '$${' || next === '%%{') position += 3;
    else if (next.startsWith('\\')) position += 2;
    else if (next.startsWith('${') || next.startsWith('%{')) position = endOfTemplate(text, position + 2);
    else position += 1;
  }
  return position;
}

/** @returns the position behind the closing brace of `${...}`, which may contain further strings */
function endOfTemplate(text: string, start: number): number {
  let depth = 1;
  let position = start;
  while (position < text.length && depth > 0) {
    const character = text.charAt(position);
    if (character === '"') position = endOfString(text, position + 1);
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    position += 1;
  }
  return position;
}

/** @returns the position of the line break behind the closing word */
function endOfHeredoc(text: string, start: number, word: string): number {
  let position = start;
  while (position < text.length) {
    const found = text.indexOf('\n', position);
    const end = found < 0 ? text.length : found;
    if (text.slice(position, end).trim() === word) return end;
    position = end + 1;
  }
  return text.length;
}
