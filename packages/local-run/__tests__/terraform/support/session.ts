/** Sends the steps of a session and compares the answers: see ../projects/README.md. */
import { type Answer, send } from '../../support/http';

export interface Step {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it is when it is a string. */
  readonly body?: unknown;
  /** The name of the API on AWS. @default the only API */
  readonly api?: string;
  /** Whether the answer differs from the answer on AWS. */
  readonly local?: boolean;
  readonly expect: {
    readonly status: number;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  };
}

/** Sends a step to the API with this base URL. @returns the differences from the expected answer */
export async function runStep(base: string, step: Step): Promise<readonly string[]> {
  const { method, path, headers = {}, body, expect } = step;
  const isJson = body !== undefined && typeof body !== 'string';
  const answer = await send(base, method, path, {
    headers: { ...(isJson && { 'content-type': 'application/json' }), ...headers },
    ...(isJson ? { body: JSON.stringify(body) } : body !== undefined && { body }),
  });
  return [
    ...difference('status', expect.status, answer.status),
    ...headerDifferences(expect.headers ?? {}, answer),
    ...(expect.body === undefined ? [] : bodyDifference(expect.body, answer)),
  ];
}

function headerDifferences(expected: NonNullable<Step['expect']['headers']>, { headers }: Answer): string[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    const seen = headers[name.toLowerCase()];
    return difference(name, value, Array.isArray(seen) && typeof value === 'string' ? seen.join(', ') : seen);
  });
}

function bodyDifference(expected: unknown, { text, json }: Answer): string[] {
  if (typeof expected === 'string') return difference('body', expected, text);
  return contains(json, expected) ? [] : difference('body', expected, json ?? text);
}

/** Whether a value has the expected fields: objects may have more fields, lists must have as many elements. */
function contains(value: unknown, expected: unknown): boolean {
  if (Array.isArray(expected)) {
    return (
      Array.isArray(value) &&
      value.length === expected.length &&
      expected.every((element, index) => contains(value[index], element))
    );
  }
  if (typeof expected !== 'object' || expected === null) return Object.is(value, expected);
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  return Object.entries(expected).every(([name, field]) => contains(fields[name], field));
}

function difference(what: string, expected: unknown, seen: unknown): string[] {
  const [expectedText, seenText] = [JSON.stringify(expected), JSON.stringify(seen)];
  return expectedText === seenText ? [] : [`${what}: expected ${expectedText}, seen ${seenText}`];
}
