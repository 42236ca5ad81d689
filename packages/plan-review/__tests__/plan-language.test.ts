/** The texts of a summary for each part of Terraform's plan language. */
import { parsePlan, terminalSummary } from '../src';
import type { RawPlan } from '../src/read/raw-plan';
import { rawPlan, resource, summarizeWithKey } from './support/plans';

const shown = (raw: RawPlan) => summarizeWithKey([parsePlan(raw, 'plan.json', 'stack')]);
const update = (before: object, after: object) => ({ actions: ['update'], before, after }) as never;
const replace = { actions: ['delete', 'create'], before: { a: 1 }, after: { a: 1 } } as never;
/** The lines of the changed attribute `text`. */
const lines = (before: unknown, after: unknown) =>
  shown(rawPlan(resource('t', update({ text: before }, { text: after }))))
    .split('\n')
    .filter((line) => /^[-+ ] text/.test(line));

test.each([
  ['replace_because_tainted', 'tainted: an earlier apply failed to create it'],
  ['replace_by_request', 'requested with -replace'],
  ['replace_by_triggers', 'forced by replace_triggered_by: another resource changes'],
])('says why a resource is replaced: %s', (reason, text) => {
  const raw = rawPlan({ ...resource('t', replace), action_reason: reason });
  expect(shown(raw)).toContain(`| **replace** | \`t.a\` | ${text} |`);
});

test.each([
  ['delete_because_no_resource_config', 'no longer in the configuration'],
  ['delete_because_each_key', 'its key is no longer in for_each'],
])('says why a resource is deleted: %s', (reason, text) => {
  const change = { actions: ['delete'], before: { a: 1 }, after: null } as never;
  const raw = rawPlan({ ...resource('t', change), action_reason: reason });
  expect(shown(raw)).toContain(`| **delete** | \`t.a\` | ${text} |`);
});

test('says that a recreated resource leaves its old object in place', () => {
  const change = { actions: ['create', 'forget'], before: { key: 'a' }, after: { key: 'b' }, replace_paths: [['key']] };
  const text = shown(rawPlan(resource('aws_dynamodb_table', change)));
  expect(text).toMatch(/^## Terraform plan: 1 to recreate\n/);
  expect(text).toContain('forced by `key`; the old object stays in place, outside of the state |');
  expect(text).not.toContain('will be lost');
});

test('counts outputs in the title of a plan that changes nothing else', () => {
  const output_changes = {
    url: update('a' as never, 'b' as never),
    berths: { actions: ['create'], before: null, after: 12 },
  };
  const raw = { ...rawPlan(), output_changes } as unknown as RawPlan;
  expect(shown(raw)).toMatch(/^## Terraform plan: 2 outputs to change\n[^]*\n- url: "a"\n\+ url: "b"\n/);
  const created = { ...raw, output_changes: { berths: output_changes.berths } };
  expect(shown(created)).toMatch(/^## Terraform plan: 1 output to create\n/);
  expect(shown({ ...raw, resource_changes: [resource('t', replace)] })).toMatch(/^## Terraform plan: 1 to replace\n/);
});

test('shows programs and provider settings of a plan without changes', () => {
  const expressions = { program: { constant_value: ['id'] } };
  const external = { address: 'data.external.a', mode: 'data', type: 'external', expressions };
  const provider_config = { aws: { full_name: 'registry.terraform.io/example/aws' } };
  const text = shown({
    ...rawPlan(),
    configuration: { provider_config, root_module: { resources: [external] } },
  });
  expect(text).toContain('### stack: No changes');
  expect(text).toContain('@@ data.external.a runs external @@\n  program: ["id"]');
  expect(text).toContain('  source: "registry.terraform.io/example/aws"');
});

test('shows what a refresh-only plan stores', () => {
  const drift = [resource('aws_sqs_queue', update({ delay_seconds: 0 }, { delay_seconds: 600 }))];
  const raw = { ...rawPlan(), resource_drift: drift, applyable: true } as unknown as RawPlan;
  const text = shown(raw);
  expect(text).toMatch(/^## Terraform plan: Refresh only: 1 to store in the state\n/);
  expect(text).toContain('| store | `aws_sqs_queue.a` | `delay_seconds` |');
  expect(text).toContain('+ delay_seconds: 600');
});

test('shows the identity of an imported resource, and the provider of a resource with an alias', () => {
  const importing = { identity: { account_id: '111122223333' } };
  const change = { actions: ['no-op'], before: { a: 1 }, after: { a: 1 }, importing } as never;
  const configuration = {
    provider_config: { 'aws.west': { name: 'aws', alias: 'west', full_name: 'registry.terraform.io/hashicorp/aws' } },
    root_module: { resources: [{ address: 't.a', provider_config_key: 'aws.west' }] },
  };
  const text = shown({ ...rawPlan(resource('t', change)), configuration });
  expect(text).toContain('| - | `t.a` | imported from `');
  expect(text).toContain('; with the provider `aws.west` |');
  expect(text).toContain('  imported from { "account_id": "111122223333" }');
});

test('shows the source of a provider that is not of HashiCorp', () => {
  const source = 'registry.terraform.io/mallory/aws';
  const providers = {
    aws: { name: 'aws', full_name: source, expressions: { region: { constant_value: 'eu-west-1' } } },
  };
  const replaced = { actions: ['delete', 'create'], before: { a: 1 }, after: { a: 2 } } as never;
  const raw = rawPlan({ ...resource('t', replaced), provider_name: source });
  const text = shown({ ...raw, configuration: { provider_config: providers } });
  expect(text).toContain(`| with the provider \`${source}\`; not forced by an attribute |`);
  expect(text).toContain(`@@ t.a is replaced (deleted first) with the provider ${source} @@`);
  expect(text).toContain(`@@ provider aws @@\n  source: "${source}"\n`);
  const ordinary = source.replace('mallory', 'hashicorp');
  const json = JSON.stringify({ ...raw, configuration: { provider_config: providers } }).replaceAll(source, ordinary);
  expect(shown(JSON.parse(json) as RawPlan)).not.toMatch(/with the provider|source:/);
});

test('shows a data source that the apply reads, with its arguments and the reason', () => {
  const change = { actions: ['read'], before: null, after: { name: '/till' }, after_unknown: { value: true } };
  const read = (type: string) => ({
    ...{ ...resource(type, change), address: `data.${type}.a`, mode: 'data' as const },
    action_reason: 'read_because_config_unknown',
  });
  const text = shown(rawPlan(resource('t', replace), read('aws_ssm_parameter'), read('aws_iam_policy_document')));
  expect(text).toContain(
    'Read during the apply</summary>\n\n```diff\n' +
      '@@ data.aws_ssm_parameter.a is read during the apply: its arguments are known only after the apply @@\n' +
      '+ name: "/till"\n',
  );
  expect(text).not.toContain('data.aws_iam_policy_document');
});

test('shows programs, invoked actions, failed checks and provider settings', () => {
  const configuration = {
    provider_config: {
      aws: {
        name: 'aws',
        full_name: 'registry.terraform.io/hashicorp/aws',
        expressions: { region: { constant_value: 'eu-west-1' }, profile: { constant_value: 'deputy' } },
      },
    },
    root_module: {
      resources: [
        {
          address: 't.a',
          provider_config_key: 'aws',
          provisioners: [{ type: 'local-exec', expressions: { command: { constant_value: 'sh announce.sh' } } }],
        },
      ],
    },
  };
  const checks = [
    {
      address: { kind: 'check', to_display: 'check.berths', name: 'berths' },
      status: 'fail',
      instances: [
        { address: { to_display: 'check.berths' }, status: 'fail', problems: [{ message: 'No berth is free' }] },
      ],
    },
  ];
  const raw = { ...rawPlan(resource('t', replace)), configuration, checks } as never;
  const text = shown(raw);
  expect(text).toContain('@@ t.a has the provisioner local-exec @@\n  command: "sh announce.sh"\n');
  expect(text).toContain('@@ provider aws @@\n  profile: "deputy"\n  region: "eu-west-1"\n');
  expect(text).toContain('> **A check fails**\n>\n> - `check.berths` fails: `No berth is free`\n');
  for (const part of ['sh announce.sh', 'deputy', 'No berth is free']) {
    expect(terminalSummary([parsePlan(raw, 'plan.json', 'stack')])).toContain(part);
  }
});

test('shows the end of a long command in the warning and in the list of programs', () => {
  const command = `${'echo a ferry; '.repeat(200)}sh payload.sh`;
  const provisioners = [{ type: 'local-exec', expressions: { command: { constant_value: command } } }];
  const configuration = { root_module: { resources: [{ address: 't.a', provisioners }] } };
  const text = shown({ ...rawPlan(resource('t', replace)), configuration });
  expect(text.match(/sh payload\.sh/g)?.length).toBe(2);
});

describe('a text', () => {
  test('is compared line by line, in order', () => {
    expect(lines('one\ntwo\nthree\nfour\n', 'two\none\nthree\nfour\n')).toEqual([
      '- text: "one"',
      '  text: "two"',
      '+ text: "one"',
      '  text: "three"',
    ]);
  });

  test('shows each changed part of a long line', () => {
    const middle = 'x '.repeat(400);
    const [old, now] = ['a', 'b'].map((side) => `start ${side} ${middle} ${side} ${middle} ${side} end`);
    const text = lines(old, now).join('\n');
    expect(text.match(/start b /g)).toHaveLength(1);
    expect(text.match(/ b /g)).toHaveLength(3);
    expect(text).toContain(`(${now?.length} characters)`);
  });

  test.each([
    ['a changed part', `start ${'x '.repeat(600)}`, `start ${'y '.repeat(3_000)}end ${'x '.repeat(600)}`],
    ['a new text', null, `start ${'y '.repeat(3_000)}end`],
    ['a text with more differences than are searched', 'a b '.repeat(3_000), `${'c d '.repeat(3_000)}end`],
  ])('is complete if it is %s', (_, old, now) => {
    expect(lines(old, now).join('\n')).toContain(now.slice(0, now.indexOf('end') + 3));
  });
});

describe('a list', () => {
  test('shows members that change places', () => {
    expect(lines(['verify', 'forward', 'note-1'], ['forward', 'verify', 'note-2'])).toEqual([
      '- text: "verify"',
      '  text: "forward"',
      '- text: "note-1"',
      '+ text: "verify"',
      '+ text: "note-2"',
    ]);
  });

  test('shows blocks that change places, beside a changed block', () => {
    const [a, b] = [{ path: '/a' }, { path: '/b' }];
    expect(lines([a, b, { path: '/c' }], [b, a, { path: '/d' }])).toEqual([
      '- text[2].path: "/c"',
      '+ text[2].path: "/d"',
      '- text: [{ "path": "/a" }, { "path": "/b" }]',
      '+ text: [{ "path": "/b" }, { "path": "/a" }]  # only the order changes',
    ]);
  });

  test('is never cut', () => {
    const members = Array.from({ length: 40 }, (_, index) => `member-${index}`);
    expect(lines(null, members)).toHaveLength(40);
  });
});
