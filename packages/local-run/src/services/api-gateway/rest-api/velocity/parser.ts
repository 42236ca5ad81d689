/** Parses mapping templates. */
import { wholePattern } from '../../whole-pattern';
import { isSupportedPath } from './json-path';
import { type Expression, type Member, METHODS, type Part, type Reference, TemplateError } from './syntax';

/** @throws TemplateError */
export function parseTemplate(template: string): readonly Part[] {
  const parser = new Parser(template);
  const { parts, end } = parser.parts();
  if (end !== undefined) throw new TemplateError(`#${end} without #if`);
  return parts;
}

type BlockEnd = 'elseif' | 'else' | 'end';

/** Comments, the beginning of a block comment, directives, and the `$` of a reference. */
const NEXT = /##[^\n]*\n?|#\*|#\{?(if|elseif|else|end|set|[a-z]+)\b\}?|\$!?\{?(?=[A-Za-z])/g;

class Parser {
  private position = 0;
  private readonly variables = new Set<string>();

  /** Index of the last `*#`. A `#*` behind it is text, because it has no end. */
  private readonly lastCommentEnd: number;

  constructor(private readonly template: string) {
    this.lastCommentEnd = template.lastIndexOf('*#');
  }

  /** Parses up to the end of the template, or of a block. */
  parts(): { readonly parts: readonly Part[]; readonly end: BlockEnd | undefined } {
    const parts: Part[] = [];
    for (;;) {
      NEXT.lastIndex = this.position;
      const match = NEXT.exec(this.template);
      const text = this.template.slice(this.position, match?.index);
      if (text !== '') parts.push({ kind: 'text', text });
      if (!match) return { parts, end: undefined };
      const [found, directive] = match;
      this.position = match.index + found.length;
      if (found.startsWith('$')) {
        this.position = match.index;
        parts.push(this.reference());
      } else if (found === '#*') parts.push(...this.comment());
      else if (directive === 'if') parts.push(this.condition());
      else if (directive === 'set') parts.push(this.set());
      else if (directive === 'elseif' || directive === 'else' || directive === 'end') return { parts, end: directive };
      else if (directive !== undefined) throw new TemplateError(`the directive #${directive}`);
    }
  }

  /** Skips a block comment. @returns the text of a comment without an end */
  private comment(): Part[] {
    if (this.position > this.lastCommentEnd) return [{ kind: 'text', text: '#*' }];
    this.position = this.template.indexOf('*#', this.position) + '*#'.length;
    return [];
  }

  private condition(): Part {
    const branches: { condition: Expression | undefined; parts: readonly Part[] }[] = [];
    let condition: Expression | undefined = this.inParentheses();
    for (;;) {
      const { parts, end } = this.parts();
      branches.push({ condition, parts });
      if (end === 'end') return { kind: 'if', branches };
      if (end === undefined) throw new TemplateError('#if without #end');
      condition = end === 'elseif' ? this.inParentheses() : undefined;
    }
  }

  private set(): Part {
    this.expect('(');
    this.skipSpace();
    const target = this.reference(true);
    this.expect('=');
    const value = this.expression();
    this.expect(')');
    this.variables.add(target.root);
    return { kind: 'set', target, value };
  }

  private inParentheses(): Expression {
    this.expect('(');
    const expression = this.expression();
    this.expect(')');
    return expression;
  }

  private expression(): Expression {
    return this.binary(['||'], () => this.binary(['&&'], () => this.comparison()));
  }

  private comparison(): Expression {
    return this.binary(['==', '!='], () => this.operand());
  }

  private binary(operators: readonly ('||' | '&&' | '==' | '!=')[], next: () => Expression): Expression {
    let left = next();
    for (;;) {
      const operator = operators.find((candidate) => this.accept(candidate));
      if (operator === undefined) return left;
      left = { kind: 'binary', operator, left, right: next() };
    }
  }

  private operand(): Expression {
    if (this.accept('!')) return { kind: 'not', inner: this.operand() };
    if (this.accept('(')) {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    const literal = this.match(/"((?:[^"$#]|\$(?![A-Za-z!{]))*)"|'([^']*)'|(-?\d+(?:\.\d+)?)|(true|false)\b/y);
    if (literal) {
      const [, double, single, number, boolean] = literal;
      if (number !== undefined) return { kind: 'value', value: Number(number) };
      if (boolean !== undefined) return { kind: 'value', value: boolean === 'true' };
      return { kind: 'value', value: double ?? single ?? '' };
    }
    return this.reference();
  }

  /** @param isTarget whether `#set` assigns to it */
  private reference(isTarget = false): Reference {
    const start = this.position;
    const [, brace = ''] = this.match(/\$!?(\{?)/y) ?? [];
    const [root = ''] = this.match(/[A-Za-z][\w-]*/y) ?? [];
    if (root === '') throw new TemplateError(`the expression ${this.template.slice(start, start + 20)}`);
    const members: Member[] = [];
    for (let member = this.member(); member; member = this.member()) members.push(member);
    const [index] = this.match(/\[[\d'"$]/y) ?? [];
    if (index !== undefined) throw new TemplateError(`the index in ${this.template.slice(start, this.position + 1)}`);
    if (brace !== '') this.expect('}');
    const text = this.template.slice(start, this.position);
    const reference: Reference = { kind: 'reference', root, members, text };
    this.check(reference, isTarget);
    return reference;
  }

  private member(): Member | undefined {
    const [, name] = this.match(/\.([A-Za-z][\w-]*)/y) ?? [];
    if (name === undefined) return undefined;
    if (this.template[this.position] !== '(') return { name };
    this.expect('(');
    const args: Expression[] = [];
    while (!this.accept(')')) {
      if (args.length > 0) this.expect(',');
      args.push(this.expression());
    }
    return { name, args };
  }

  private check({ root, members, text }: Reference, isTarget: boolean): void {
    const [first, second] = members;
    const unknownMethod = members.find(({ name, args }) => args && !METHODS.has(name));
    if (unknownMethod) throw new TemplateError(`the method ${unknownMethod.name} in ${text}`);
    for (const { name, args = [] } of members) if (name === 'matches') checkPattern(args[0], text);
    if (isTarget && members.length === 0) return;
    if (isTarget) {
      const isOverride = root === 'context' && first?.name === 'responseOverride';
      if (isOverride && ['status', 'header'].includes(second?.name ?? '')) return;
      throw new TemplateError(`#set of ${text}`);
    }
    if (root === 'input' ? isInputMember(first) : this.isKnown(root)) return;
    throw new TemplateError(`the variable ${text}`);
  }

  private isKnown(root: string): boolean {
    return root === 'context' || root === 'stageVariables' || this.variables.has(root);
  }

  private skipSpace(): void {
    this.match(/\s*/y);
  }

  private accept(token: string): boolean {
    this.skipSpace();
    if (!this.template.startsWith(token, this.position)) return false;
    this.position += token.length;
    return true;
  }

  private expect(token: string): void {
    if (this.accept(token)) return;
    throw new TemplateError(
      `the syntax of ${this.template.slice(Math.max(0, this.position - 20), this.position + 20)}`,
    );
  }

  /** @param pattern with the flag y */
  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.template) ?? undefined;
    if (match) this.position += match[0].length;
    return match;
  }
}

/** Whether the local run supports a member of `$input`. */
function isInputMember(member: Member | undefined): boolean {
  if (!member?.args) return member?.name === 'body';
  const [argument] = member.args;
  if (member.name === 'params') return true;
  return ['path', 'json'].includes(member.name) && argument?.kind === 'value' && isSupportedPath(argument.value);
}

/** @throws TemplateError for a literal that is not a regular expression of JavaScript */
function checkPattern(argument: Expression | undefined, text: string): void {
  if (argument?.kind !== 'value') return;
  try {
    wholePattern(String(argument.value));
  } catch {
    throw new TemplateError(`the regular expression in ${text}`);
  }
}
