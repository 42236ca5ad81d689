/**
 * Makes dynalite parse expressions in linear time and within DynamoDB's limits. Without it, seven opening brackets block
 * dynalite for seconds, and thousands of them end the process.
 */
import type { createRequire } from 'node:module';
import { type ConditionNode, matchBrackets, parseStructure, tokenize } from './expression-structure';

/** A parser of dynalite. It returns a text when the expression is not valid. */
interface Parser {
  parse: (expression: string, options: object) => unknown;
}

interface ParsedCondition {
  readonly expression: ConditionNode;
  readonly nestedPaths: object;
  readonly pathHeads: object;
}

/**
 * Replaces the functions with which dynalite parses expressions. dynalite has no option for this.
 * @param requireFromDynalite a `require` that resolves the files of dynalite
 */
export function limitExpressions(requireFromDynalite: ReturnType<typeof createRequire>): void {
  const parserOf = (name: string) => requireFromDynalite(`./db/${name}`) as Parser;
  for (const parser of [parserOf('updateParser'), parserOf('projectionParser')]) {
    const { parse } = parser;
    parser.parse = (expression, options) => {
      matchBrackets(tokenize(expression));
      return parse(expression, options);
    };
  }
  const conditions = parserOf('conditionParser');
  const { parse } = conditions;
  conditions.parse = (text, options) => {
    const nestedPaths = {};
    const pathHeads = {};
    const expression = parseStructure(text, (leaf) => {
      const parsed = parse(leaf, options) as ParsedCondition | string;
      if (typeof parsed === 'string') throw new Error(parsed);
      Object.assign(nestedPaths, parsed.nestedPaths);
      Object.assign(pathHeads, parsed.pathHeads);
      return parsed.expression;
    });
    return { expression, nestedPaths, pathHeads } satisfies ParsedCondition;
  };
}
