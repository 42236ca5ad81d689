/**
 * Splits a condition expression at AND, OR, NOT and brackets, in time proportional to its length. dynalite's parser needs time
 * that grows exponentially with the depth of brackets, so it gets the conditions between these words one by one.
 */

/** The syntax tree of a condition, as dynalite's evaluation expects it. A leaf has further types. */
export interface ConditionNode {
  readonly type: string;
  readonly args?: readonly unknown[];
}

interface Token {
  readonly text: string;
  /** Position in the expression. */
  readonly start: number;
  readonly end: number;
}

/** DynamoDB's maximum of operators and functions in an expression (developer guide, "Quotas in Amazon DynamoDB"). */
const MAX_OPERATORS = 300;

const MAX_EXPRESSION_BYTES = 4096;

const TOKENS = /[()]|<>|<=|>=|[<>=+,-]|[#:]?[\w.]+|\S/g;
const OPERATORS = /^(?:<>|<=|>=|[<>=+-]|and|or|not|in|between)$/i;

/** @throws Error with DynamoDB's message */
export function tokenize(expression: string): readonly Token[] {
  const bytes = Buffer.byteLength(expression);
  if (bytes > MAX_EXPRESSION_BYTES) {
    throw new Error(`Expression size has exceeded the maximum allowed size; expression size: ${bytes}`);
  }
  const tokens = [...expression.matchAll(TOKENS)].map(({ 0: text, index }) => ({
    text,
    start: index,
    end: index + text.length,
  }));
  const isOperator = ({ text }: Token, index: number) =>
    OPERATORS.test(text) || (/^[a-z_]\w*$/i.test(text) && tokens[index + 1]?.text === '(');
  const operators = tokens.filter(isOperator).length;
  if (operators > MAX_OPERATORS) {
    throw new Error(`The expression contains too many operators; operator count: ${operators}`);
  }
  return tokens;
}

/**
 * Finds the closing bracket of each opening bracket.
 * @throws Error with DynamoDB's message when a bracket has no partner, or a pair of brackets directly contains another pair
 */
export function matchBrackets(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const open: number[] = [];
  const closing = new Map<number, number>();
  tokens.forEach(({ text }, index) => {
    if (text === '(') open.push(index);
    if (text !== ')') return;
    const start = open.pop();
    if (start === undefined) throw syntaxError(tokens, index);
    closing.set(start, index);
  });
  if (open.length > 0) throw syntaxError(tokens, tokens.length);
  for (const [start, end] of closing) {
    if (closing.get(start + 1) === end - 1) throw new Error('The expression has redundant parentheses;');
  }
  return closing;
}

/** @param index the unexpected token; the number of tokens: the end of the expression */
function syntaxError(tokens: readonly Token[], index: number): Error {
  const near = tokens
    .slice(Math.max(0, index - 1), index + 2)
    .map(({ text }) => text)
    .join(' ');
  return new Error(`Syntax error; token: "${tokens[index]?.text ?? '<EOF>'}", near: "${near}"`);
}

/**
 * Parses a condition.
 * @param parseLeaf parses a condition without AND, OR and NOT, such as `size(a) > :n`
 * @throws Error with DynamoDB's message
 */
export function parseStructure(expression: string, parseLeaf: (leaf: string) => ConditionNode): ConditionNode {
  const tokens = tokenize(expression);
  const closing = matchBrackets(tokens);
  let position = 0;
  const isWord = (index: number, word: string) => tokens[index]?.text.toLowerCase() === word;

  /** `or` of conditions, each an `and` of conditions. */
  function parseList(word: 'or' | 'and', parseItem: () => ConditionNode): ConditionNode {
    let node = parseItem();
    while (isWord(position, word)) {
      position += 1;
      node = { type: word, args: [node, parseItem()] };
    }
    return node;
  }

  const parseOr = (): ConditionNode => parseList('or', parseAnd);
  const parseAnd = (): ConditionNode => parseList('and', parseNot);

  function parseNot(): ConditionNode {
    if (isWord(position, 'not')) {
      position += 1;
      return { type: 'not', args: [parseNot()] };
    }
    const end = closing.get(position);
    return end !== undefined && endsCondition(end + 1) ? parseGroup(end) : takeLeaf();
  }

  /** Brackets around a condition, not around an operand such as `(a) = :b`. */
  function parseGroup(end: number): ConditionNode {
    position += 1;
    const node = parseOr();
    if (position !== end) throw syntaxError(tokens, position);
    position += 1;
    return node;
  }

  function endsCondition(index: number): boolean {
    return index >= tokens.length || [')', 'and', 'or'].some((word) => isWord(index, word));
  }

  function takeLeaf(): ConditionNode {
    const first = position;
    for (let betweens = 0; position < tokens.length; position += 1) {
      if (isWord(position, 'between')) betweens += 1;
      else if (isWord(position, 'and') && betweens > 0) betweens -= 1;
      else if (endsCondition(position)) break;
      position = closing.get(position) ?? position;
    }
    if (position === first) throw syntaxError(tokens, position);
    return parseLeaf(expression.slice(tokens[first]?.start, tokens[position - 1]?.end));
  }

  const node = parseOr();
  if (position < tokens.length) throw syntaxError(tokens, position);
  return node;
}
