/** Sends the steps of a session and compares the answers: see ../projects/README.md. */
import type { Running, TokenRequest } from '../../../src/index';
import { type Answer, send } from '../../support/http';
import { sign } from '../../support/sign';

export interface Step {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it is when it is a string. */
  readonly body?: unknown;
  /** A token of the run's issuer, which plays the issuer of the authorizer. */
  readonly token?: StepToken;
  /** Signs the request with a key of AWS's examples. The run accepts keys that it did not issue. */
  readonly signature?: { readonly region: string };
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

interface StepToken extends TokenRequest {
  /** Whether the header has the token alone, without `Bearer`. @default false */
  readonly bare?: boolean;
}

/** The key of AWS's documentation, "Signature Version 4". */
const EXAMPLE_KEY = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** Sends a step to the API with this base URL. @returns the differences from the expected answer */
export async function runStep(
  base: string,
  step: Step,
  run: Pick<Running, 'deployments' | 'issueToken'>,
): Promise<readonly string[]> {
  const { method, path, body, expect } = step;
  const isJson = body !== undefined && typeof body !== 'string';
  const text = isJson ? JSON.stringify(body) : body;
  const answer = await send(base, method, path, {
    headers: {
      ...(isJson && { 'content-type': 'application/json' }),
      ...step.headers,
      ...(await credentialHeaders(base, step, text, run)),
    },
    ...(text !== undefined && { body: text }),
  });
  return [
    ...difference('status', expect.status, answer.status),
    ...headerDifferences(expect.headers ?? {}, answer),
    ...(expect.body === undefined ? [] : bodyDifference(expect.body, answer)),
  ];
}

async function credentialHeaders(
  base: string,
  { method, path, api, token, signature }: Step,
  body: string | undefined,
  run: Pick<Running, 'deployments' | 'issueToken'>,
): Promise<Readonly<Record<string, string>>> {
  if (token) {
    const { bare = false, claims, ...request } = token;
    const issued = await run.issueToken({ ...request, claims: { ...issuerOf(api, run), ...claims } });
    return { authorization: `${bare ? '' : 'Bearer '}${issued.token}` };
  }
  return signature ? sign(base, { method, path, body, credentials: EXAMPLE_KEY, ...signature }) : {};
}

/** The issuer of an API's tokens: other APIs of the project can have other issuers. */
function issuerOf(api: string | undefined, { deployments }: Pick<Running, 'deployments'>): { iss?: string } {
  for (const { name, routes } of deployments.flatMap(({ apis }) => apis)) {
    if (name !== (api ?? name)) continue;
    for (const { authorization } of routes) {
      if (authorization?.kind === 'jwt') return { iss: authorization.issuer };
      if (authorization?.kind === 'cognito') return { iss: authorization.issuers[0] ?? '' };
    }
  }
  return {};
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
