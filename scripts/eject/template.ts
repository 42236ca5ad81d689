/** Splits templates of Terraform into literal text and expressions. */

export interface Part {
  /** Whether the text is an interpolation `${...}` or a directive `%{...}`. Their text is equal in both syntaxes. */
  readonly isCode: boolean;
  readonly text: string;
}

/** Splits a template. `$${` and `%%{` are literal text. */
export function templateParts(text: string): Part[] {
  const parts: Part[] = [];
  let literal = '';
  for (let index = 0; index < text.length;) {
    const start = text.slice(index, index + 3);
    if (start === '$${' || start === '%%{') {
      literal += start;
      index += start.length;
    } else if (start.startsWith('${') || start.startsWith('%{')) {
      const end = endOfCode(text, index + 2);
      if (literal !== '') parts.push({ isCode: false, text: literal });
      parts.push({ isCode: true, text: text.slice(index, end) });
      literal = '';
      index = end;
    } else {
      literal += text.charAt(index);
      index += 1;
    }
  }
  return literal === '' && parts.length > 0 ? parts : [...parts, { isCode: false, text: literal }];
}

const COMMENT = /^(#|\/\/)[^\n]*|^\/\*.*?\*\//s;

/**
 * Finds the end of an interpolation or directive. Braces and quotes can be nested: `${jsonencode({ name = "${var.name}}" })}`.
 * @param start index behind the opening brace
 * @param visit gets each index, and whether it is in quotes
 */
function endOfCode(text: string, start: number, visit?: (index: number, isQuoted: boolean) => void): number {
  // `{` closes with a brace; `"` with a quote.
  const open: string[] = ['{'];
  for (let index = start; index < text.length; index += 1) {
    const character = text.charAt(index);
    visit?.(index, open.at(-1) === '"');
    if (open.at(-1) === '"') {
      if (character === '\\') index += 1;
      else if (character === '"') open.pop();
      else if (/^(\$\$|%%)\{/.test(text.slice(index, index + 3))) index += 2;
      else if (/^[$%]\{/.test(text.slice(index, index + 2))) {
        open.push('{');
        index += 1;
      }
    } else if (character === '"' || character === '{') open.push(character);
    else if (COMMENT.test(text.slice(index))) index += (COMMENT.exec(text.slice(index))?.[0].length ?? 1) - 1;
    else if (character === '}') {
      open.pop();
      if (open.length === 0) return index + 1;
    }
  }
  throw new Error(`The template ${JSON.stringify(text)} has no closing brace. Correct the text in the stack.`);
}

/** Whether an index of a template is in literal text, or in quotes in an expression. An interpolation can only stand there. */
export function isInText(template: string, index: number): boolean {
  let start = 0;
  for (const { isCode, text } of templateParts(template)) {
    const end = start + text.length;
    if (index < end) {
      let isText = !isCode;
      if (isCode) endOfCode(template, start + 2, (at, isQuoted) => (isText ||= at === index && isQuoted));
      return isText;
    }
    start = end;
  }
  return true;
}
