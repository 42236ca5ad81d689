/** Runs cases against a target, checks every event against an independent schema, and counts. */
import { writeSync } from 'node:fs';
import type { z } from 'zod';
import type { Case, Seen } from './case';
import { isRemote, startTarget, type Target } from './target';
import { sendAsIs, type WireAnswer } from './wire';

export interface Suite {
  /** For the count: `HTTP API`. */
  readonly name: string;
  readonly fixture: string;
  /** Topics and their cases. */
  readonly topics: Readonly<Record<string, readonly Case[]>>;
  /** What Powertools for AWS Lambda takes for an event of this gateway. */
  readonly schema: z.ZodType;
  /** Address of the API of a case. */
  readonly urlOf: (outputs: Target['outputs'], api: string | undefined) => string;
}

export function runSuite({ name, fixture, topics, schema, urlOf }: Suite): void {
  let target: Target;
  const counts = { passed: 0, events: 0, skipped: [] as string[] };
  /** What does not fit the schema, and in which case it was seen first. */
  const misfits = new Map<string, string>();
  beforeAll(async () => {
    target = await startTarget(fixture);
  });
  afterAll(async () => {
    await target.stop();
    const all = Object.values(topics).flat().length;
    const skips = counts.skipped.map((text) => `\n  skipped: ${text}`).join('');
    const where = isRemote(fixture) ? urlOf(target.outputs, undefined) : 'the local run';
    const text = `${name}: ${counts.passed} of ${all} conformance cases pass against ${where}; ${counts.events} events, ${misfits.size} kinds of misfit with their schema.${skips}\n`;
    // Past Jest, which would put a stack around it.
    writeSync(1, text);
  });

  const ask = (one: Case) => {
    const url = new URL(urlOf(target.outputs, one.api));
    const headers = [...(one.request?.headers ?? [])];
    if (one.ask) headers.push(['x-probe', Buffer.from(JSON.stringify(one.ask)).toString('base64url')]);
    if (one.key !== undefined) headers.push(['x-api-key', target.outputs[`${one.key}_key`] ?? '']);
    const stage = one.atRoot ? '' : url.pathname.replace(/\/$/, '');
    const { method = 'GET', path = '/echo', body } = one.request ?? {};
    return sendAsIs(url.origin, { method, path: stage + path, headers, body }, process.env['CONFORMANCE_VIA']);
  };

  describe.each(Object.entries(topics))('%s', (_, cases) => {
    for (const one of cases) {
      const reason = reasonToSkip(one, fixture);
      const title = `${one.title} [${one.source}]`;
      if (reason !== undefined) {
        counts.skipped.push(`${one.title}: ${reason}`);
        test.skip(`${title}: skipped, ${reason}`, () => undefined);
        continue;
      }
      test(title, async () => {
        if (one.times !== undefined) {
          const answers = await Promise.all(Array.from({ length: one.times }, () => ask(one)));
          expect([...new Set(answers.map(({ status }) => status))].sort()).toEqual(one.seen.status);
        } else {
          const answer = await ask(one);
          check(answer, one.seen);
          if (isEvent(one, answer)) {
            counts.events += 1;
            for (const { path, message } of schema.safeParse(JSON.parse(answer.text)).error?.issues ?? []) {
              const text = `${path.join('.')}: ${message}`;
              if (!misfits.has(text)) misfits.set(text, one.title);
            }
          }
        }
        counts.passed += 1;
      });
    }
  });

  test(`every event fits the schema that Powertools for AWS Lambda has of it`, () => {
    expect(Object.fromEntries(misfits)).toEqual({});
    expect(counts.events).toBeGreaterThan(0);
  });
}

function reasonToSkip({ localOnly, slow }: Case, fixture: string): string | undefined {
  if (localOnly !== undefined && isRemote(fixture)) return localOnly;
  if (slow && !process.env['CONFORMANCE_SLOW']) return 'it takes half a minute; CONFORMANCE_SLOW=1 runs it';
  return undefined;
}

function isEvent({ ask }: Case, { status, text }: WireAnswer): boolean {
  return ask === undefined && status === 200 && text.includes('"requestContext"');
}

function check({ status, headers, text }: WireAnswer, seen: Seen): void {
  const found = { status, text: text.slice(0, 2000) };
  if (seen.status !== undefined && typeof seen.status !== 'number') expect(seen.status).toContain(status);
  else if (seen.status !== undefined) expect(found).toMatchObject({ status: seen.status });
  if (typeof seen.text === 'string') expect(text).toBe(seen.text);
  else if (seen.text) expect(text).toMatch(seen.text);
  if (seen.json !== undefined) expect(JSON.parse(text)).toEqual(seen.json);
  for (const [name, value] of Object.entries(seen.headers ?? {})) {
    expect({ [name]: headers[name] ?? null }).toEqual({ [name]: value });
  }
  if (seen.event) expect(JSON.parse(text)).toMatchObject(seen.event);
  for (const path of seen.without ?? []) expect(JSON.parse(text)).not.toHaveProperty(path);
}
