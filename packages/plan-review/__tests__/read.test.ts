import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PlanError, parsePlan, readPlan } from '../src';
import { stackName } from '../src/read/read-plan';
import { hiddenAt } from '../src/model/hidden';
import { configurationAddress } from '../src/model/plan';
import { attribute, ExactNumber, numberOf } from '../src/model/value';
import type { RawChange } from '../src/read/schema';
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
  [
    'PK\u0003\u0004',
    /is not JSON .* it is the plan file itself, a ZIP archive\. Make the JSON of a plan with: terraform plan/,
  ],
  ['Error: nothing', /is not JSON .* it starts with "Error: nothing"/],
  ['[]', /is not the JSON of a plan: it must be object/],
  ['{}', /must have required property 'format_version'/],
  ['{"format_version":"1.0","terraform_version":"1.11.4"}', /neither resource_changes nor a configuration/],
  ['{"format_version":"1.0","values":{}}', /is the JSON of a state, not of a plan/],
  ['{"format_version":"0.2","resource_changes":[]}', /has format_version "0\.2"; only 1\.0, 1\.1, 1\.2 are supported/],
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

test('keeps the digits of a number that JavaScript would write differently', () => {
  const change = { actions: ['create'], after: { n: 0 } };
  const numberIn = (digits: string) => {
    const json = JSON.stringify(rawPlan(resource('t', change))).replace('"n":0', `"n":${digits}`);
    return attribute(readPlan(writePlan(json), 'stack').changes[0]?.after, 'n');
  };
  for (const digits of ['9007199254740993', '1.0', '1e400', '-0', '1E3'])
    expect(numberIn(digits)).toEqual(new ExactNumber(digits));
  expect(numberIn('1.5')).toBe(1.5);
  expect(numberOf(numberIn('9007199254740993'))).toBe(9007199254740992);
});

test('keeps sensitive values, and says where they are', () => {
  const plan = fixture('access-manager');
  const key = plan.changes.find(({ type }) => type === 'aws_api_gateway_api_key');
  expect(attribute(key?.before, 'value')).toMatch(/key-of-the-fixtures/);
  expect(hiddenAt(key?.hidden ?? false, ['value'])).toBe(true);
  expect(hiddenAt(key?.hidden ?? false, ['name'])).toBe(false);
  // The provider does not mark this copy of the key's value as sensitive.
  const copy = plan.changes.find(({ type }) => type === 'aws_api_gateway_usage_plan_key');
  expect(copy?.hidden).toEqual({ value: true });
});

test('hides a secret that the provider does not mark, in blocks too', () => {
  const splunk = (token: string) => ({ splunk_configuration: [{ hec_token: token, hec_endpoint: 'https://a' }] });
  const change = { actions: ['update'], before: splunk('one'), after: splunk('two') };
  const plan = parsePlan(rawPlan(resource('aws_kinesis_firehose_delivery_stream', change)), 'plan.json', 'stack');
  expect(plan.changes[0]?.hidden).toEqual({ splunk_configuration: { 0: { hec_token: true } } });
  expect(plan.secrets).toEqual(['one', 'two']);
});

const update = (before: unknown, after: unknown, markBefore: unknown, markAfter: unknown) => {
  const change = { actions: ['update'], before, after, before_sensitive: markBefore, after_sensitive: markAfter };
  const [found] = parsePlan(rawPlan(resource('t', change as RawChange)), 'plan.json', 'stack').changes;
  return found;
};

test.each([
  [
    'a mark of one side',
    { a: [{ s: 1 }], b: 1 },
    { a: [{ s: 1 }], b: 2 },
    { a: [{ s: true }] },
    {},
    { a: { 0: { s: true } } },
  ],
  ['the marks of both sides', { a: 1, b: 1 }, { a: 2, b: 2 }, { a: true }, { b: true }, { a: true, b: true }],
  ['a whole value', { s: 'old' }, { s: 'new' }, true, false, true],
  ['nothing', { s: 'old' }, { s: 'new' }, { a: {} }, {}, false],
  ['a list whose marked member moved', { l: ['s', 'a'] }, { l: ['b', 's'] }, { l: [true] }, {}, { l: true }],
  ['a list whose marked member was removed', { l: ['a', 's'] }, { l: ['a'] }, { l: [false, true] }, {}, { l: true }],
  [
    'the same member of each block of a longer list',
    { l: [{ p: 1 }] },
    { l: [{ p: 1 }, { p: 2 }] },
    { l: [{ p: true }] },
    { l: [{ p: true }, { p: true }] },
    { l: { 0: { p: true }, 1: { p: true } } },
  ],
  [
    'the same member of each block, whatever Terraform writes for the others',
    { l: [{ p: 1, g: ['a'] }] },
    { l: [{ p: 1, g: [] }, { p: 2 }] },
    { l: [{ p: true, g: [false] }] },
    {
      l: [
        { p: true, g: [] },
        { p: true, t: {} },
      ],
    },
    { l: { 0: { p: true }, 1: { p: true } } },
  ],
])('hides %s', (_, before, after, markBefore, markAfter, hidden) => {
  const found = update(before, after, markBefore, markAfter);
  expect(found?.hidden).toEqual(hidden);
  expect([found?.before, found?.after]).toEqual([before, after]);
});

test('names the attributes that become sensitive', () => {
  expect(update({ a: 1, b: 1, c: 1 }, { a: 1, b: 2, c: 3 }, { c: true }, { a: true, c: true })?.becameHidden).toEqual([
    'a',
  ]);
  const variables = (A: boolean) => ({ env: [{ variables: { A, B: true } }] });
  const values = { env: [{ variables: { A: 'x', B: 'y' } }] };
  expect(update(values, values, variables(false), variables(true))?.becameHidden).toEqual(['env']);
  // A new value does not become sensitive: it was always sensitive.
  expect(update({ a: null }, { a: 'x' }, {}, { a: true })?.becameHidden).toEqual([]);
});

test('names the attributes that are no longer sensitive', () => {
  expect(update({ a: 's', b: 's' }, { a: 's', b: 't' }, { a: true, b: true }, { b: true })?.becameOpen).toEqual(['a']);
  expect(update({ a: 's', b: 1 }, { a: null, b: 2 }, { a: true }, {})?.becameOpen).toEqual([]);
  // Nobody knows yet whether the new value is sensitive.
  const change = { actions: ['update'], before: { a: 's' }, after: {}, after_unknown: { a: true } };
  const raw = rawPlan(resource('t', { ...change, before_sensitive: { a: true }, after_sensitive: {} }));
  expect(parsePlan(raw, 'plan.json', 'stack').changes[0]?.becameOpen).toEqual([]);
});

test('collects the sensitive texts of all resources and outputs', () => {
  const change = (s: unknown, mark: unknown) =>
    ({ actions: ['no-op'], before: { s }, after: { s }, after_sensitive: { s: mark } }) as RawChange;
  const raw = {
    ...rawPlan(resource('t', change('one', true)), resource('u', change({ a: ['two', 2], b: 'shown' }, { a: true })), {
      ...resource('v', change('three', true)),
      mode: 'data' as const,
    }),
    resource_drift: [resource('t', change('four', true))],
    output_changes: { o: { actions: ['no-op'], before: 'five', after: 'five', before_sensitive: true } },
  };
  expect([...parsePlan(raw, 'plan.json', 'stack').secrets].sort()).toEqual(['five', 'four', 'one', 'three', 'two']);
});

test.each([
  ['aws_s3_bucket.logs[0]', 'aws_s3_bucket.logs'],
  ['aws_s3_bucket.logs (deposed 1a2b3c4d)', 'aws_s3_bucket.logs'],
  ['module.a["x"].module.b[1].aws_s3_bucket.logs["a]b\\"[c"]', 'module.a.module.b.aws_s3_bucket.logs'],
])('%s is configured as %s', (address, expected) => {
  expect(configurationAddress(address)).toBe(expected);
});

test('ignores drift that is irrelevant to the plan', () => {
  expect(rawFixture('replace-table-items').resource_drift?.length).toBeGreaterThan(0);
  expect(fixture('replace-table-items').drift).toEqual([]);
  expect(fixture('drift-items').drift.map(({ address, action }) => [address, action])).toEqual([
    ['aws_cloudwatch_log_group.function', 'delete'],
    ['aws_dynamodb_table.items', 'change'],
  ]);
});
