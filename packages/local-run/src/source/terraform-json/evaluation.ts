/** Evaluates the references in a template: `${aws_dynamodb_table.pets.arn}`. Other expressions are refused. */
import { createHash } from 'node:crypto';
import { ACCOUNT_ID } from '../../model/account';
import type { Attributes } from './resource';
import { RESOURCE_TYPES } from './resource-types';
import { IGNORED_META_ARGUMENTS, type Template, typeOf, unwrapBlock } from './template';

export class Evaluation {
  private readonly evaluated = new Map<string, Attributes>();
  private readonly inProgress = new Set<string>();

  /** @param runAttributes attributes that only the run knows, such as endpoints, by the address of the resource */
  constructor(
    private readonly stack: string,
    private readonly template: Template,
    private readonly runAttributes: ReadonlyMap<string, Attributes>,
  ) {}

  /** The attributes of a resource: configured, computed, and `runAttributes`. @throws DeploymentError */
  attributes(address: string): Attributes {
    const known = this.evaluated.get(address);
    if (known) return known;
    const { template } = this;
    const configuration = template.configuration(address);
    if (!configuration) {
      throw template.notSupported(`a reference to ${address}, which is not a resource of this stack,`);
    }
    if (this.inProgress.has(address)) {
      throw template.notSupported(`the resource ${address}, which refers to itself,`);
    }
    this.inProgress.add(address);
    const configured: Record<string, unknown> = {};
    const type = RESOURCE_TYPES[typeOf(address)];
    for (const [name, value] of Object.entries(configuration)) {
      if (IGNORED_META_ARGUMENTS.includes(name) || type?.attributes[name] === 'unused') continue;
      const evaluated = this.value(value, `${address}.${name}`);
      configured[name] = type?.attributes[name] === true ? evaluated : unwrapBlock(evaluated);
    }
    const fromRun = this.runAttributes.get(address);
    const place = { id: generatedId(this.stack, address), region: template.region, account: ACCOUNT_ID };
    const computed = type?.computed?.({ ...configured, ...fromRun }, place);
    this.inProgress.delete(address);
    const attributes = { ...configured, ...computed, ...fromRun };
    this.evaluated.set(address, attributes);
    return attributes;
  }

  /** @param where the place of the value, for errors: `output.url` */
  value(value: unknown, where: string): unknown {
    if (typeof value === 'string') return this.text(value, where);
    if (Array.isArray(value)) return value.map((item, index) => this.value(item, `${where}[${index}]`));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.value(item, `${where}.${key}`)]));
    }
    return value;
  }

  private text(text: string, where: string): unknown {
    // A text that consists of one reference gets the attribute's value, with its type.
    const [, expression] = /^\$\{([^{}]*)\}$/.exec(text) ?? [];
    if (expression !== undefined) return this.reference(expression, where);
    // `$${` and `%%{` are Terraform's escapes for a literal `${` and `%{`.
    return text.replace(/\$\$\{|%%\{|%\{|\$\{([^{}]*)(\}?)/g, (match, inner: string | undefined, end: string) => {
      if (match === '$${' || match === '%%{') return match.slice(1);
      if (inner === undefined || end !== '}') {
        throw this.template.notSupported(`the expression ${text} in ${where}`);
      }
      const value = this.reference(inner, where);
      if (typeof value === 'string' || typeof value === 'number') return String(value);
      const problem = 'a value within text that is neither text nor a number';
      throw this.template.notSupported(`the expression \${${inner}} in ${where}: ${problem}`);
    });
  }

  private reference(expression: string, where: string): unknown {
    const match = /^((?:data\.)?[a-z]\w*\.[A-Za-z_][\w-]*)\.([a-z]\w*)$/.exec(expression.trim());
    if (!match) throw this.template.notSupported(`the expression \${${expression}} in ${where}`);
    const [, address = '', name = ''] = match;
    const attributes = this.attributes(address);
    if (name in attributes) return attributes[name];
    throw this.template.notSupported(
      `the expression \${${expression}} in ${where}: the attribute "${name}" of ${address}`,
    );
  }
}

/** An id in API Gateway's format: ten lower-case letters and digits. It is the same in every run. */
function generatedId(stack: string, address: string): string {
  const hash = createHash('sha256').update(`${stack}/${address}`).digest();
  return BigInt(`0x${hash.toString('hex').slice(0, 16)}`)
    .toString(36)
    .padStart(10, '0')
    .slice(0, 10);
}
