/** Renders mapping templates (API Gateway developer guide, "Variables for data transformations for API Gateway"). */
import { wholePattern } from '../../whole-pattern';
import { property } from '../property';
import { valueAt } from './json-path';
import type { Expression, Member, Part, Reference } from './syntax';

type Texts = Readonly<Record<string, string>>;

/** The request, as a template sees it. */
export interface TemplateInput {
  /** In the caller's case. */
  readonly headers: Texts;
  readonly query: Texts;
  readonly pathParameters: Texts;
  readonly stageVariables: Texts;
  readonly context: Readonly<Record<string, unknown>>;
  /** The body of the request. Response templates of a MOCK integration have an empty body. */
  readonly body: string;
}

export interface Rendered {
  readonly text: string;
  /** `$context.responseOverride.header` */
  readonly headers: Texts;
  /** `$context.responseOverride.status` */
  readonly status: number | undefined;
}

export function renderTemplate(parts: readonly Part[], input: TemplateInput): Rendered {
  const renderer = new Renderer(input);
  const text = renderer.render(parts);
  return { text, headers: Object.fromEntries(renderer.headers), status: renderer.status };
}

class Renderer {
  readonly headers = new Map<string, string>();
  status: number | undefined;
  private readonly variables = new Map<string, unknown>();

  constructor(private readonly input: TemplateInput) {}

  render(parts: readonly Part[]): string {
    return parts.map((part) => this.renderPart(part)).join('');
  }

  private renderPart(part: Part): string {
    switch (part.kind) {
      case 'text':
        return part.text;
      case 'reference': {
        const value = this.reference(part);
        // Velocity prints a reference without a value as it is written, unless it begins with `$!`.
        return isMissing(value) ? (part.text.startsWith('$!') ? '' : part.text) : toText(value);
      }
      case 'set':
        this.assign(part.target, this.evaluate(part.value));
        return '';
      case 'if': {
        const branch = part.branches.find(({ condition }) => !condition || isTrue(this.evaluate(condition)));
        return branch ? this.render(branch.parts) : '';
      }
    }
  }

  private assign({ root, members }: Reference, value: unknown): void {
    const [, kind, header] = members;
    if (members.length === 0) this.variables.set(root, value);
    else if (kind?.name === 'header' && header) this.headers.set(header.name, toText(value));
    else if (kind?.name === 'status' && Number.isInteger(Number(value))) this.status = Number(value);
  }

  private evaluate(expression: Expression): unknown {
    switch (expression.kind) {
      case 'value':
        return expression.value;
      case 'reference':
        return this.reference(expression);
      case 'not':
        return !isTrue(this.evaluate(expression.inner));
      case 'binary':
        return this.binary(expression);
    }
  }

  private binary({ operator, left, right }: Extract<Expression, { kind: 'binary' }>): boolean {
    const first = this.evaluate(left);
    if (operator === '||') return isTrue(first) || isTrue(this.evaluate(right));
    if (operator === '&&') return isTrue(first) && isTrue(this.evaluate(right));
    const second = this.evaluate(right);
    const isEqual = isMissing(first) || isMissing(second) ? first === second : toText(first) === toText(second);
    return operator === '==' ? isEqual : !isEqual;
  }

  private reference({ root, members }: Reference): unknown {
    const { context, stageVariables } = this.input;
    const roots: Readonly<Record<string, unknown>> = { context, input: this.input, stageVariables };
    const start = this.variables.has(root) ? this.variables.get(root) : roots[root];
    return members.reduce((value, member) => this.memberOf(value, member), start);
  }

  private memberOf(value: unknown, { name, args }: Member): unknown {
    if (!args) return property(value, name);
    const [argument = ''] = args.map((expression) => toText(this.evaluate(expression)));
    if (name === 'params') return args.length === 0 ? this.allParameters() : this.parameter(argument);
    if (name === 'path') return valueAt(this.input.body, argument);
    if (name === 'json') return jsonText(valueAt(this.input.body, argument));
    // A missing parameter is empty, so templates compare it with an empty text.
    if (name === 'get') return property(value, argument) ?? '';
    return typeof value === 'string' ? callText(value, name, argument) : undefined;
  }

  private allParameters(): object {
    const { headers, query, pathParameters } = this.input;
    return { header: headers, querystring: query, path: pathParameters };
  }

  /** Finds a parameter in the path, the query and the headers, in this order. */
  private parameter(name: string): string {
    const { headers, query, pathParameters } = this.input;
    const places = [pathParameters, query, headers];
    return places.map((texts) => property(texts, name)).find((value) => typeof value === 'string') ?? '';
  }
}

function callText(text: string, method: string, argument: string): string | boolean | undefined {
  switch (method) {
    case 'matches':
      return matches(argument, text);
    case 'equals':
      return text === argument;
    case 'equalsIgnoreCase':
      return text.toLowerCase() === argument.toLowerCase();
    case 'contains':
      return text.includes(argument);
    case 'startsWith':
      return text.startsWith(argument);
    case 'endsWith':
      return text.endsWith(argument);
    case 'isEmpty':
      return text === '';
    case 'toLowerCase':
      return text.toLowerCase();
    case 'toUpperCase':
      return text.toUpperCase();
    case 'trim':
      return text.trim();
    default:
      return undefined;
  }
}

/** A pattern that the request contains can be invalid. Then nothing matches. */
function matches(pattern: string, text: string): boolean {
  try {
    return wholePattern(pattern).test(text);
  } catch {
    return false;
  }
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** In Velocity, only `false` and missing values are false. */
function isTrue(value: unknown): boolean {
  return !isMissing(value) && value !== false;
}

/** The JSON of a value. A missing value is empty. */
function jsonText(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value);
}

function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  return isMissing(value) ? '' : JSON.stringify(value);
}
