/** Large and deep plans take seconds, not minutes. */
import { parsePlan, terminalSummary } from '../src';
import { timed } from './support/cpu-time';
import { rawPlan, resource, summarizeWithKey } from './support/plans';

const CHANGES = 3_000;
const MAX_MS = 5_000;

test('3,000 changes with a secret in each take less than 5 s', () => {
  const resources = Array.from({ length: CHANGES }, (_, index) => {
    const secret = `password-of-the-ferry-${index}`;
    const side = (memory: number) => ({
      id: `id-${index}`,
      function_name: `function-${index}`,
      memory_size: memory,
      password: secret,
      environment: [{ variables: { URL: `postgres://app:${secret}@db.example/ferry`, STAGE: 'noon' } }],
      policy: JSON.stringify({
        Statement: [{ Effect: 'Allow', Action: `sqs:Send${memory}`, Resource: `id-${index}` }],
      }),
      script: `#!/bin/sh\nexport PASSWORD=${secret}\nstart ${memory}\n`,
    });
    const marks = { before_sensitive: { password: true }, after_sensitive: { password: true } };
    return resource(
      'aws_lambda_function',
      { actions: ['update'], before: side(256), after: side(512), ...marks },
      `f${index}`,
    );
  });
  const [{ plan, summary }, milliseconds] = timed(() => {
    const plan = parsePlan(rawPlan(...resources), 'plan.json', 'stack');
    return { plan, summary: summarizeWithKey([plan], { limit: 10 ** 8 }) };
  }, MAX_MS);
  expect(milliseconds).toBeLessThan(MAX_MS);
  expect(summary).toContain('start 512');
  const short = summarizeWithKey([plan], { limit: 2_000_000 });
  for (const text of [summary, short, terminalSummary([plan])]) expect(text).not.toContain('password-of-the-ferry');
});

test('a large text at a deep place takes less than 5 s', () => {
  const nested = (text: string) => {
    let value: unknown = text;
    for (let depth = 0; depth < 150; depth += 1) value = [{ a: value }];
    return { value };
  };
  const text = 'one of many words '.repeat(30_000);
  const change = { actions: ['update'], before: nested(text), after: nested(`${text}.`) } as never;
  const sensitive = {
    actions: ['create'],
    before: null,
    after: { a: 'the-secret-of-ferry' },
    after_sensitive: { a: true },
  };
  const raw = rawPlan(resource('t', change), resource('u', sensitive));
  const [, milliseconds] = timed(() => summarizeWithKey([parsePlan(raw, 'plan.json', 'stack')]), MAX_MS);
  expect(milliseconds).toBeLessThan(MAX_MS);
});
