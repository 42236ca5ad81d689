/** Expressions of headers, in gateway responses and in responses of integrations. */
import { property } from './property';

/** The values of a request that an expression can name. */
export interface ExpressionValues {
  readonly context: Readonly<Record<string, unknown>>;
  readonly stageVariables?: Readonly<Record<string, string>> | undefined;
}

/**
 * @param expression `'text'`, `context.requestId` or `stageVariables.tenant`
 * @returns undefined for a variable without a value, and for another expression
 */
export function headerExpressionValue(expression: string, values: ExpressionValues): string | undefined {
  if (/^'.*'$/s.test(expression)) return expression.slice(1, -1);
  const [kind = '', ...names] = expression.split('.');
  if (kind !== 'context' && kind !== 'stageVariables') return undefined;
  return variableText(names.reduce<unknown>(property, values[kind] ?? {}));
}

/** @returns undefined for an object, and for a missing value */
export function variableText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
