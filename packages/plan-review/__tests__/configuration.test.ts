import { parsePlan, summarize } from '../src';
import type { RawChange, RawPlan } from '../src/read/schema';
import { KEY, rawPlan, resource } from './support/plans';

const AWS = 'registry.terraform.io/hashicorp/aws';
const constant = (value: unknown) => ({ constant_value: value });
const references = (...names: readonly string[]) => ({ references: names });
const parse = (more: object) => parsePlan({ ...rawPlan(), configuration: {}, ...more }, 'plan.json', 'stack');
const withProviders = (providers: object) => parse({ configuration: { provider_config: providers } }).providers;

test('reads the constant settings of each provider configuration, in modules too', () => {
  const providers = withProviders({
    aws: { full_name: AWS, expressions: { region: constant('eu-west-1'), max_retries: constant(3) } },
    'module.a:aws.west': {
      full_name: AWS,
      module_address: 'module.a',
      expressions: { assume_role: [{ role_arn: constant('arn:aws:iam::444455556666:role/x'), duration: {} }] },
    },
  });
  expect(providers).toMatchObject([
    { key: 'aws', source: AWS, settings: { region: 'eu-west-1', max_retries: 3 }, hidden: false, unresolved: [] },
    {
      key: 'module.a:aws.west',
      settings: { assume_role: [{ role_arn: 'arn:aws:iam::444455556666:role/x' }] },
      unresolved: ['assume_role[0].duration: an expression'],
    },
  ]);
});

test('a block without settings is no expression', () => {
  const [provider] = withProviders({ azurerm: { full_name: 'x/azurerm', expressions: { features: [{}], a: {} } } });
  expect(provider).toMatchObject({ settings: { features: [{}] }, unresolved: ['a: an expression'] });
});

test('names the references of the settings whose value the plan does not contain', () => {
  const [provider] = withProviders({
    aws: {
      full_name: AWS,
      expressions: {
        region: references('var.region'),
        default_tags: [{ tags: references('local.tags') }],
        assume_role: [{ role_arn: references('module.m.role.arn', 'module.m.role', 'module.m', 'var.role') }],
      },
    },
  });
  expect(provider?.settings).toEqual({ default_tags: [{}], assume_role: [{}] });
  expect(provider?.unresolved).toEqual([
    'assume_role[0].role_arn: module.m.role.arn, var.role',
    'default_tags[0].tags: local.tags',
    'region: var.region',
  ]);
});

test('shows known settings of the AWS provider, and hides all other settings and possible secrets', () => {
  const settings = {
    region: 'eu-west-1',
    secret_key: 'x',
    access_key: 'x',
    token: 'x',
    new_setting: 'x',
    http_proxy: 'http://proxy:80',
    https_proxy: 'http://user:pass@proxy:80',
  };
  const expressions = {
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, constant(value)])),
    assume_role: [{ role_arn: constant('r'), external_id: constant('e') }],
    endpoints: [{ s3: constant('http://localhost:4566'), sts: constant('https://a:b@localhost') }],
    default_tags: [{ tags: constant({ Team: 'x' }) }],
  };
  expect(withProviders({ aws: { full_name: AWS, expressions } })[0]?.hidden).toEqual({
    secret_key: true,
    access_key: true,
    token: true,
    new_setting: true,
    https_proxy: true,
    assume_role: { 0: { external_id: true } },
    endpoints: { 0: { sts: true } },
  });
});

test('hides every text of another provider', () => {
  const expressions = {
    url: constant('https://a'),
    insecure: constant(true),
    port: constant(443),
    auth: [{ user: constant('u') }],
  };
  const [provider] = withProviders({ grafana: { full_name: 'registry.terraform.io/grafana/grafana', expressions } });
  expect(provider?.hidden).toEqual({ url: true, auth: { 0: { user: true } } });
});

test('a hidden setting is a secret everywhere in the plan', () => {
  const expressions = { secret_key: constant('wJalrXUtnFEMI/K7MDENG') };
  const plan = parse({ configuration: { provider_config: { aws: { full_name: AWS, expressions } } } });
  expect(plan.secrets).toEqual(['wJalrXUtnFEMI/K7MDENG']);
});

const nested = {
  resources: [
    {
      address: 'aws_sqs_queue.q',
      mode: 'managed',
      type: 'aws_sqs_queue',
      expressions: { kms_master_key_id: references('aws_kms_key.k.arn', 'aws_kms_key.k') },
      provisioners: [
        { type: 'local-exec', expressions: { command: constant('rm -rf /') } },
        { type: 'file', expressions: { source: references('path.module'), destination: constant('/x') } },
      ],
    },
    {
      address: 'data.external.e',
      mode: 'data',
      type: 'external',
      expressions: { program: constant(['sh', '-c', 'x']) },
    },
  ],
};

test.each([
  ['the root module', '', nested],
  [
    'a nested module',
    'module.a.module.b.',
    { module_calls: { a: { module: { module_calls: { b: { module: nested } } } } } },
  ],
])('reads references, provisioners and programs of %s', (_, prefix, module) => {
  const plan = parse({ configuration: { root_module: module } });
  expect(plan.references[`${prefix}aws_sqs_queue.q`]).toEqual({
    kms_master_key_id: [`${prefix}aws_kms_key.k.arn`, `${prefix}aws_kms_key.k`],
  });
  expect(plan.provisioners).toEqual([
    {
      address: `${prefix}aws_sqs_queue.q`,
      index: 0,
      type: 'local-exec',
      settings: { command: 'rm -rf /' },
      unresolved: [],
    },
    {
      address: `${prefix}aws_sqs_queue.q`,
      index: 1,
      type: 'file',
      settings: { destination: '/x' },
      unresolved: ['source: path.module'],
    },
  ]);
  expect(plan.programs).toEqual([
    {
      address: `${prefix}data.external.e`,
      index: 0,
      type: 'external',
      settings: { program: ['sh', '-c', 'x'] },
      unresolved: [],
    },
  ]);
});

test('reads variables; a sensitive variable is a secret', () => {
  const plan = parse({
    variables: { a: { value: 'shown' }, b: { value: { deep: ['correct horse'] } } },
    configuration: { root_module: { variables: { a: {}, b: { sensitive: true } } } },
  });
  expect(plan.variables).toEqual([
    { name: 'a', value: 'shown', hidden: false },
    { name: 'b', value: { deep: ['correct horse'] }, hidden: true },
  ]);
  expect(plan.secrets).toEqual(['correct horse']);
});

test('reads the inputs of modules, and the defaults of their other variables', () => {
  const inner = { variables: { c: { sensitive: true } } };
  const outer = {
    variables: { a: { default: 'unused' }, b: { default: 1 } },
    module_calls: { in: { expressions: { c: constant('correct horse') }, module: inner } },
  };
  const root_module = { module_calls: { out: { expressions: { a: references('var.x') }, module: outer } } };
  expect(parse({ configuration: { root_module } }).variables).toEqual([
    { name: 'module.out.a', value: { references: ['var.x'] }, hidden: false },
    { name: 'module.out.b', value: 1, hidden: false },
    { name: 'module.out.module.in.c', value: { constant_value: 'correct horse' }, hidden: true },
  ]);
});

test('knows the provider configuration of each resource', () => {
  const resources = [{ address: 't.a', provider_config_key: 'aws.west' }];
  const change = resource('t', { actions: ['create'], before: null, after: {} });
  const plan = parse({
    resource_changes: [
      { ...change, address: 't.a["x"]' },
      { ...change, address: 't.b' },
    ],
    configuration: { root_module: { resources } },
  });
  expect(plan.changes.map(({ providerKey }) => providerKey)).toEqual(['aws.west', undefined]);
});

test('the summary names a provider that is not the default, and variables that a setting may depend on', () => {
  const created = (name: string) => resource('t', { actions: ['create'], before: null, after: { a: 1 } }, name);
  const summary = summarize(
    [
      parse({
        resource_changes: [created('a'), created('b')],
        variables: { home: { value: 'eu-west-1' }, password: { value: 'correct horse' } },
        configuration: {
          provider_config: { aws: { full_name: AWS, expressions: { region: references('var.home') } } },
          root_module: {
            variables: { password: { sensitive: true } },
            resources: [
              { address: 't.a', provider_config_key: 'aws' },
              { address: 't.b', provider_config_key: 'module.m:aws.west' },
            ],
          },
        },
      }),
    ],
    { key: KEY },
  );
  expect(summary).toContain('\n@@ t.a is created @@\n');
  expect(summary).toContain('\n@@ t.b is created with the provider module.m:aws.west @@\n');
  expect(summary).toContain('| create | `t.b` | with the provider `module.m:aws.west` |');
  expect(summary).toContain('\n  home: "eu-west-1"\n  password: (sensitive value)\n');
});

const invocation = {
  address: 'action.aws_lambda_invoke.a',
  type: 'aws_lambda_invoke',
  config_values: { function_name: 'f', payload: 'correct horse', qualifier: null },
  config_sensitive: { payload: true },
  config_unknown: { qualifier: true },
};

test.each([
  ['lifecycle_action_trigger', { action_trigger_event: 'AfterUpdate' }, 'lifecycle'],
  ['invoke_action_trigger', {}, 'invoke'],
  ['invoke_cmd_action_trigger', { calling_resource_address: 'a.b' }, 'invoke'],
])('reads an action that is invoked by %s', (field, trigger, kind) => {
  const plan = parse({ action_invocations: [{ ...invocation, [field]: trigger }] });
  expect(plan.invocations).toMatchObject([
    { address: 'action.aws_lambda_invoke.a', hidden: { payload: true }, trigger: { [kind]: trigger } },
  ]);
  expect(plan.secrets).toEqual(['correct horse']);
});

test('reads failed checks, with the message of each instance', () => {
  const check = (name: string, status: string, more: object = {}) => ({
    address: { to_display: name },
    status,
    ...more,
  });
  const problems = [{ message: 'is empty' }, { message: 'is old' }];
  const plan = parse({
    checks: [
      check('check.ok', 'pass', { instances: [check('check.ok', 'pass')] }),
      check('aws_a.b', 'fail', { instances: [check('aws_a.b[0]', 'pass'), check('aws_a.b[1]', 'fail', { problems })] }),
      check('check.broken', 'error'),
      check('check.later', 'unknown'),
    ],
  });
  expect(plan.checks).toEqual([
    { address: 'aws_a.b[1]', status: 'fail', messages: ['is empty', 'is old'] },
    { address: 'check.broken', status: 'error', messages: [] },
  ]);
});

test('follows references through inputs of modules, outputs of modules and for_each', () => {
  const attachment = (role: object, address = 'aws_x.a') => ({ address, expressions: { role } });
  const each = { ...attachment(references('each.value.name'), 'b.b'), for_each_expression: references('var.role') };
  const root_module = {
    resources: [attachment(references('module.m.name', 'module.m'))],
    module_calls: {
      m: {
        expressions: { role: references('each.value') },
        for_each_expression: references('aws_iam_role.own.id', 'aws_iam_role.own'),
        module: {
          resources: [attachment(references('var.role')), each],
          outputs: { name: { expression: references('aws_iam_role.inner.name', 'aws_iam_role.inner') } },
        },
      },
    },
  };
  const plan = parse({ configuration: { root_module } });
  expect(plan.references['aws_x.a']?.['role']).toEqual([
    'module.m.name',
    'module.m.aws_iam_role.inner.name',
    'module.m.aws_iam_role.inner',
    'module.m',
  ]);
  const input = ['module.m.var.role', 'each.value', 'aws_iam_role.own.id', 'aws_iam_role.own'];
  expect(plan.references['module.m.aws_x.a']?.['role']).toEqual(input);
  expect(plan.references['module.m.b.b']?.['role']).toEqual(['module.m.each.value.name', ...input]);
});

test('ends at a reference that leads to itself', () => {
  const outputs = { o: { expression: references('var.i') } };
  const call = { expressions: { i: references('module.m.o') }, module: { outputs } };
  const resources = [{ address: 'a.a', expressions: { x: references('module.m.o') } }];
  const plan = parse({ configuration: { root_module: { resources, module_calls: { m: call } } } });
  expect(plan.references['a.a']?.['x']).toEqual(['module.m.o', 'module.m.var.i']);
});

test('knows the accounts of existing resources, and never those that the author of a change writes', () => {
  const arn = (account: string) => `arn:aws:sqs:eu-west-1:${account}:q`;
  const other = arn('999999999999');
  const state = (mode: string, type: string, values: object, more: object = {}) => ({
    address: `${type}.a`,
    mode,
    type,
    provider_name: AWS,
    values,
    ...more,
  });
  const change = (type: string, raw: RawChange, provider_name = AWS) => ({ ...resource(type, raw), provider_name });
  const plan = parse({
    configuration: { root_module: { resources: [{ address: 'aws_x.a', expressions: { arn: constant(other) } }] } },
    prior_state: {
      values: {
        root_module: {
          resources: [
            state('managed', 'aws_sqs_queue', { arn: arn('111122223333'), policy: other }),
            state('data', 'aws_caller_identity', { account_id: '222233334444' }),
            state('data', 'aws_sqs_queue', { arn: other }),
            state('managed', 'aws_sns_topic_policy', { arn: other }),
            state('managed', 'aws_x', { arn: other }),
            state('managed', 'aws_kms_key', { arn: other }),
            state('managed', 'thing', { arn: other }, { provider_name: 'registry.terraform.io/x/thing' }),
          ],
          child_modules: [{ resources: [state('managed', 'aws_sqs_queue', { arn: arn('333344445555') })] }],
        },
      },
    },
    resource_changes: [
      change('aws_a', { actions: ['delete'], before: { arn: arn('444455556666') }, after: null }),
      change('aws_b', { actions: ['create'], before: null, after: { arn: other } }),
      change('aws_kms_key', { actions: ['no-op'], before: { arn: other }, after: {}, importing: { id: 'k' } }),
      change('c', { actions: ['delete'], before: { arn: other }, after: null }, 'registry.terraform.io/x/c'),
    ],
  });
  expect([...plan.ownAccounts].sort()).toEqual(['111122223333', '222233334444', '333344445555', '444455556666']);
});

test('a second provider configuration with other credentials makes no own account', () => {
  const arn = (account: string) => ({ arn: `arn:aws:sqs:eu-west-1:${account}:q` });
  const accountsWith = (expressions: object, accounts: Readonly<Record<string, string>>) => {
    const names = Object.keys(accounts);
    const resources = names.map((name) => ({ address: `aws_sqs_queue.${name}`, provider_config_key: `aws.${name}` }));
    const state = names.map((name) => ({
      ...{ address: `aws_sqs_queue.${name}`, mode: 'managed', type: 'aws_sqs_queue', provider_name: AWS },
      values: arn(accounts[name] ?? ''),
    }));
    const plan = parse({
      configuration: {
        provider_config: { 'aws.own': { full_name: AWS }, 'aws.partner': { full_name: AWS, expressions } },
        root_module: { resources },
      },
      prior_state: { values: { root_module: { resources: state } } },
    });
    return [...plan.ownAccounts];
  };
  const both = { own: '111122223333', partner: '444455556666' };
  expect(accountsWith({ assume_role: [{ role_arn: constant('r') }] }, both)).toEqual(['111122223333']);
  expect(accountsWith({ profile: references('var.profile') }, both)).toEqual(['111122223333']);
  expect(accountsWith({ region: constant('eu-west-1') }, both)).toEqual(['111122223333', '444455556666']);
  expect(accountsWith({ profile: constant('p') }, { partner: '444455556666' })).toEqual(['444455556666']);
});

test('collects the secrets of the state: data sources are only there', () => {
  const secret = { mode: 'data', type: 'aws_a', values: { s: 'one', t: 'open' }, sensitive_values: { s: true } };
  const called = { ...secret, values: { s: 'two', t: 'open' } };
  const outputs = { a: { sensitive: true, value: 'three' }, b: { sensitive: false, value: 'open' } };
  const root_module = { resources: [secret], child_modules: [{ resources: [called] }] };
  expect(parse({ prior_state: { values: { root_module, outputs } } }).secrets).toEqual(['one', 'two', 'three']);
});

test.each([
  ['data', 'external', true],
  ['data', 'aws_lambda_invocation', true],
  ['ephemeral', 'aws_lambda_invocation', true],
  ['managed', 'shell_script', true],
  ['managed', 'aws_lambda_invocation', false],
  ['data', 'aws_region', false],
])('the %s resource %s runs a program: %s', (mode, type, isProgram) => {
  const resources = [{ address: 'a.b', mode, type, expressions: { input: constant('x') } }];
  const { programs } = parse({ configuration: { root_module: { resources } } });
  expect(programs).toMatchObject(isProgram ? [{ address: 'a.b', type, settings: { input: 'x' } }] : []);
});

const drifted = { ...resource('t', { actions: ['update'], before: { a: 1 }, after: { a: 2 } }) };
const noop = resource('t', { actions: ['no-op'], before: { a: 2 }, after: { a: 2 } });
const refreshOnly = (more: Partial<RawPlan>) => parse({ applyable: true, resource_drift: [drifted], ...more });

test('a plan that only stores the drift shows all of it', () => {
  expect(refreshOnly({ resource_changes: [] })).toMatchObject({ refreshOnly: true, drift: [{ address: 't.a' }] });
  expect(refreshOnly({ resource_changes: [noop] }).refreshOnly).toBe(true);
  const old = { resource_drift: [drifted], configuration: {} };
  expect(parsePlan({ format_version: '1.1', ...old }, 'plan.json', 'stack').refreshOnly).toBe(true);
  const outputs = { o: { actions: ['create'], before: null, after: 1 } };
  expect(refreshOnly({ resource_changes: [], output_changes: outputs }).refreshOnly).toBe(true);
});

test('a plan that does something else, or that cannot be applied, does not store the drift', () => {
  const change = resource('t', { actions: ['update'], before: { b: 1 }, after: { b: 2 } });
  const others: readonly Partial<RawPlan>[] = [
    { resource_changes: [noop], applyable: false },
    { resource_changes: [noop], resource_drift: [] },
    { resource_changes: [change] },
    { resource_changes: [noop], action_invocations: [invocation] },
    { resource_changes: [noop], output_changes: { o: { actions: ['create'], before: null, after: 1 } } },
  ];
  for (const other of others) expect(refreshOnly(other)).toMatchObject({ refreshOnly: false, drift: [] });
});
