/** Collects the names and values of the expressions of one DynamoDB call. */

interface Attributes {
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
}

export class Expression {
  private readonly placeholders = new Map<string, string>();
  private readonly names: Record<string, string> = {};
  private readonly values: Record<string, unknown> = {};
  private valueCount = 0;

  /** Returns a placeholder for the attribute. With placeholders, names cannot clash with DynamoDB's reserved words. */
  name(attribute: string): string {
    let placeholder = this.placeholders.get(attribute);
    if (placeholder === undefined) {
      placeholder = `#${this.placeholders.size}`;
      this.placeholders.set(attribute, placeholder);
      this.names[placeholder] = attribute;
    }
    return placeholder;
  }

  /** Returns the placeholders of a path. @example path(['place', 'city']) // '#0.#1' */
  path(names: readonly string[]): string {
    return names.map((name) => this.name(name)).join('.');
  }

  /** Returns a placeholder for the value. */
  value(value: unknown): string {
    const placeholder = `:${this.valueCount}`;
    this.valueCount += 1;
    this.values[placeholder] = value;
    return placeholder;
  }

  /** @example compare('status', '=', 'open') // '#0 = :0' */
  compare(attribute: string, operator: '=' | '<' | '<=' | '>' | '>=', value: unknown): string {
    return `${this.name(attribute)} ${operator} ${this.value(value)}`;
  }

  /** Names and values for the input of the call. Leaves out an empty map, because DynamoDB refuses it. */
  get attributes(): Attributes {
    return {
      ...(this.placeholders.size > 0 && { ExpressionAttributeNames: this.names }),
      ...(this.valueCount > 0 && { ExpressionAttributeValues: this.values }),
    };
  }
}
