/** Evaluates the expressions in a value: references such as `${aws_dynamodb_table.pets.arn}`, and text around them. */
import { UNKNOWN } from './unknown';

/** Finds the value of a reference. `onFault` is called with what is supported, if the value is unknown. */
export interface Lookup {
  /** An attribute of a resource. @param address `aws_dynamodb_table.pets` */
  attribute(address: string, name: string, onFault: (supported: string) => void): unknown;
  /** @param name `local.prefix` or `var.prefix` */
  named(name: string, onFault: (supported: string) => void): unknown;
}

/** Called for an expression that the local run does not support. */
type OnFault = (path: string, found: string, supported: string) => void;

const REFERENCES = 'references to an attribute, a local or a variable, such as ${aws_dynamodb_table.pets.arn}';

const ATTRIBUTE = /^((?:data\.)?[a-z][a-z0-9]*_\w*\.[A-Za-z_][\w-]*)\.([a-z]\w*)$/;

const NAMED = /^(?:local|var)\.[A-Za-z_][\w-]*$/;

/** @param path the place of the value, for faults: `environment.variables.TABLE_NAME` */
export function evaluate(value: unknown, path: string, lookup: Lookup, onFault: OnFault): unknown {
  if (typeof value === 'string') return evaluateText(value, path, lookup, onFault);
  if (Array.isArray(value)) return value.map((item, index) => evaluate(item, `${path}[${index}]`, lookup, onFault));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, item]) => [key, evaluate(item, `${path}.${key}`, lookup, onFault)] as const,
  );
  return Object.fromEntries(entries);
}

function evaluateText(text: string, path: string, lookup: Lookup, onFault: OnFault): unknown {
  // A text that consists of one reference gets the attribute's value, with its type.
  const [, expression] = /^\$\{([^{}]*)\}$/.exec(text) ?? [];
  if (expression !== undefined) return evaluateReference(expression, path, lookup, onFault);
  // `$${` and `%%{` are Terraform's escapes for a literal `${` and `%{`.
  let unsupported: string | undefined;
  const result = text.replace(/\$\$\{|%%\{|%\{|\$\{([^{}]*)(\}?)/g, (match, inner: string | undefined, end: string) => {
    if (match === '$${' || match === '%%{') return match.slice(1);
    if (inner === undefined || end !== '}') {
      unsupported = REFERENCES;
      return UNKNOWN;
    }
    const value = evaluateReference(inner, path, lookup, onFault);
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    unsupported = 'text and numbers within text';
    return UNKNOWN;
  });
  if (unsupported === undefined) return result;
  onFault(path, text, unsupported);
  return UNKNOWN;
}

function evaluateReference(expression: string, path: string, lookup: Lookup, onFault: OnFault): unknown {
  const fault = (supported: string) => onFault(path, `\${${expression}}`, supported);
  const name = expression.trim();
  if (NAMED.test(name)) return lookup.named(name, fault);
  const [, address, attribute = ''] = ATTRIBUTE.exec(name) ?? [];
  if (address !== undefined) return lookup.attribute(address, attribute, fault);
  fault(REFERENCES);
  return UNKNOWN;
}
