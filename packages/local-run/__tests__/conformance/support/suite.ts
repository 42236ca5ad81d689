/** Runs conformance cases against a target, checks every event against an independent schema, and prints the counts. */
import { writeSync } from 'node:fs';
import type { z } from 'zod';
import type { Case, Expected } from './case';
import { authorizationOf } from './token';
import { isRemote, startTarget, type Target } from './target';
import { sendAsIs, type WireAnswer } from './wire';

export interface Suite {
  /** `HTTP API`, for the printed line. */
  readonly name: string;
  readonly fixture: string;
  /** Cases by topic. */
  readonly topics: Readonly<Record<string, readonly Case[]>>;
  /** The event's schema in Powertools for AWS Lambda. */
  readonly schema: z.ZodType;
  /** The URL of a fixture's API. */
  readonly urlOf: (outputs: Target['outputs'], api: string | undefined) => string;
}

export function runSuite({ name, fixture, topics, schema, urlOf }: Suite): void {
  let target: Target;
  const counts = { passed: 0, events: 0, skipped: [] as string[] };
  /** Violations of the schema, each with the title of its first case. */
  const violations = new Map<string, string>();
  beforeAll(async () => {
    target = await startTarget(fixture);
  });
  afterAll(async () => {
    await target.stop();
    const all = Object.values(topics).flat().length;
    const skips = counts.skipped.map((text) => `\n  skipped: ${text}`).join('');
    const where = isRemote(fixture) ? urlOf(target.outputs, undefined) : 'the local run';
    const text = `${name}: ${counts.passed} of ${all} conformance cases pass against ${where}; ${counts.events} events, ${violations.size} kinds of schema violations.${skips}\n`;
    // Not console.log: Jest would add a stack to it.
    writeSync(1, text);
  });

  const send = async (testCase: Case) => {
    const url = new URL(urlOf(target.outputs, testCase.api));
    const headers = [...(testCase.request?.headers ?? [])];
    if (testCase.probe) headers.push(['x-probe', Buffer.from(JSON.stringify(testCase.probe)).toString('base64url')]);
    if (testCase.key !== undefined) headers.push(['x-api-key', target.outputs[`${testCase.key}_key`] ?? '']);
    if (testCase.token) headers.push(['Authorization', await authorizationOf(testCase.token, target)]);
    const stage = testCase.atRoot ? '' : url.pathname.replace(/\/$/, '');
    const { method = 'GET', path = '/echo', body } = testCase.request ?? {};
    return sendAsIs(url.origin, { method, path: stage + path, headers, body }, process.env['CONFORMANCE_VIA']);
  };

  describe.each(Object.entries(topics))('%s', (_, cases) => {
    for (const testCase of cases) {
      const reason = reasonToSkip(testCase, fixture);
      const title = `${testCase.title} [${testCase.source}]`;
      if (reason !== undefined) {
        counts.skipped.push(`${testCase.title}: ${reason}`);
        test.skip(`${title}: skipped, ${reason}`, () => undefined);
        continue;
      }
      test(title, async () => {
        if (testCase.times !== undefined) {
          const responses = await Promise.all(Array.from({ length: testCase.times }, () => send(testCase)));
          expect([...new Set(responses.map(({ status }) => status))].sort()).toEqual(testCase.expected.status);
        } else {
          const response = await send(testCase);
          check(response, testCase.expected);
          if (hasEvent(testCase, response)) {
            counts.events += 1;
            for (const { path, message } of schema.safeParse(JSON.parse(response.text)).error?.issues ?? []) {
              const text = `${path.join('.')}: ${message}`;
              if (!violations.has(text)) violations.set(text, testCase.title);
            }
          }
        }
        counts.passed += 1;
      });
    }
  });

  test('every event matches its schema in Powertools for AWS Lambda', () => {
    expect(Object.fromEntries(violations)).toEqual({});
    expect(counts.events).toBeGreaterThan(0);
  });
}

function reasonToSkip({ localOnly, slow, token }: Case, fixture: string): string | undefined {
  if (token && isRemote(fixture)) return 'only the local run accepts tokens of its issuer';
  if (localOnly !== undefined && isRemote(fixture)) return localOnly;
  if (slow && !process.env['CONFORMANCE_SLOW']) return 'it takes half a minute; CONFORMANCE_SLOW=1 runs it';
  return undefined;
}

function hasEvent({ probe }: Case, { status, text }: WireAnswer): boolean {
  return probe === undefined && status === 200 && text.includes('"requestContext"');
}

function check({ status, headers, text }: WireAnswer, expected: Expected): void {
  const found = { status, text: text.slice(0, 2000) };
  if (expected.status !== undefined && typeof expected.status !== 'number') expect(expected.status).toContain(status);
  else if (expected.status !== undefined) expect(found).toMatchObject({ status: expected.status });
  if (typeof expected.text === 'string') expect(text).toBe(expected.text);
  else if (expected.text) expect(text).toMatch(expected.text);
  if (expected.json !== undefined) expect(JSON.parse(text)).toEqual(expected.json);
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    expect({ [name]: headers[name] ?? null }).toEqual({ [name]: value });
  }
  if (expected.event) expect(JSON.parse(text)).toMatchObject(expected.event);
  for (const path of expected.without ?? []) expect(JSON.parse(text)).not.toHaveProperty(path);
}
