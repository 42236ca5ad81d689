import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PlanError, parsePlan, readPlan } from '../src';
import { stackName } from '../src/read/read-plan';
import { SENSITIVE, SENSITIVE_CHANGED } from '../src/model/value';
import { fixture, rawFixture, rawPlan, resource } from './support/plans';

const folder = mkdtempSync(path.join(os.tmpdir(), 'plans-'));

function writePlan(text: string, name = 'plan.json'): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

test('names a stack after the folder of its plan.json, or after another file', () => {
  expect(stackName('cdktf.out/stacks/items/plan.json')).toBe('items');
  expect(stackName('plans/items.json')).toBe('items');
});

test.each([
  ['PK\u0003\u0004', /is not JSON .* it is the plan file itself, a ZIP archive\. Make it with: terraform plan/],
  ['Error: nothing', /is not JSON .* it starts with "Error: nothing"/],
  ['[]', /is not the JSON of a plan: it must be object/],
  ['{}', /must have required property 'format_version'/],
  ['{"format_version":"1.0","terraform_version":"1.11.4"}', /neither resource_changes nor a configuration/],
  ['{"format_version":"1.0","values":{}}', /is the JSON of a state, not of a plan/],
  ['{"format_version":"0.2","resource_changes":[]}', /has format_version "0\.2"; only 1\.x is supported/],
  ['{"format_version":"1.2","resource_changes":[],"errored":true}', /ended with an error \(errored: true\)/],
  ['{"format_version":"1.2","resource_changes":[],"complete":false}', /complete: false\)\. Plan again without -target/],
  [
    '{"format_version":"1.2","resource_changes":[{"address":"a"}]}',
    /\/resource_changes\/0 must have required property/,
  ],
  [JSON.stringify(rawPlan(resource('t', { actions: ['explode'] }))), /actions must be equal to one of the allowed/],
])('refuses %j', (text, message) => {
  expect(() => readPlan(writePlan(text), 'stack')).toThrow(PlanError);
  expect(() => readPlan(writePlan(text), 'stack')).toThrow(message);
});

test('refuses a stack name with markup', () => {
  expect(() => parsePlan(rawFixture('create-items'), 'x.json', '@all <b>')).toThrow(/cannot be the name of a stack/);
});

test('keeps the digits of a number that JavaScript would round', () => {
  const change = { actions: ['create'], after: { n: 0 } };
  const json = JSON.stringify(rawPlan(resource('t', change))).replace('"n":0', '"n":9007199254740993');
  expect(readPlan(writePlan(json), 'stack').changes[0]?.after).toEqual({ n: '9007199254740993' });
});

test('replaces sensitive values with marks that say whether the value changes', () => {
  const secret = 'key-of-the-fixtures';
  expect(JSON.stringify(rawFixture('access-manager'))).toContain(secret);
  const plan = fixture('access-manager');
  expect(JSON.stringify([plan.changes, plan.outputs, plan.drift])).not.toContain(secret);
  // The provider does not mark this copy of the key's value as sensitive.
  expect(plan.changes.find(({ type }) => type === 'aws_api_gateway_usage_plan_key')?.before).toMatchObject({
    value: SENSITIVE,
  });
  const key = plan.changes.find(({ type }) => type === 'aws_api_gateway_api_key');
  expect(key).toMatchObject({ before: { value: SENSITIVE }, after: { value: SENSITIVE_CHANGED } });
});

test.each([
  ['nested value, marked only before', { a: [{ s: 'old' }] }, { a: [{ s: 'old' }] }, { a: [{ s: true }] }, {}],
  ['nested value, marked only after', { a: { s: 'old' } }, { a: { s: 'new' } }, {}, { a: { s: true } }],
  ['whole value', { s: 'old' }, { s: 'new' }, true, false],
])('hides a sensitive %s on both sides', (_, before, after, sensitiveBefore, sensitiveAfter) => {
  const change = {
    actions: ['update'],
    before,
    after,
    before_sensitive: sensitiveBefore,
    after_sensitive: sensitiveAfter,
  };
  const [found] = parsePlan(rawPlan(resource('t', change)), 'plan.json', 'stack').changes;
  expect(JSON.stringify([found?.before, found?.after])).not.toMatch(/old|new/);
});

test('hides a sensitive text everywhere in the plan', () => {
  const marked = { actions: ['no-op'], before: { s: 'correct horse' }, after: { s: 'correct horse' } };
  const copy = { actions: ['create'], before: null, after: { url: 'pg://a:correct horse@b', other: 'shown' } };
  const raw = rawPlan(resource('t', { ...marked, before_sensitive: { s: true } }), resource('u', copy));
  const [found] = parsePlan(raw, 'plan.json', 'stack').changes;
  expect(found).toMatchObject({ before: null, after: { url: SENSITIVE_CHANGED, other: 'shown' } });
});

test('ignores drift that is irrelevant to the plan', () => {
  expect(rawFixture('replace-table-items').resource_drift?.length).toBeGreaterThan(0);
  expect(fixture('replace-table-items').drift).toEqual([]);
  expect(fixture('drift-items').drift.map(({ address, action }) => [address, action])).toEqual([
    ['aws_cloudwatch_log_group.function', 'delete'],
    ['aws_dynamodb_table.items', 'change'],
  ]);
});
