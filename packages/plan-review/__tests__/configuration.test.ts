/** Reads provider configurations, variables and programs. */
import { summarize } from '../src';
import { AWS, constant, parse, references } from './support/configuration';
import { KEY, resource } from './support/plans';
import { warningTexts } from './support/warnings';

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

test.each([
  ['data', 'external', true],
  ['data', 'aws_lambda_invocation', true],
  ['ephemeral', 'aws_lambda_invocation', true],
  ['data', 'aws_ecs_task_execution', true],
  ['managed', 'shell_script', true],
  ['managed', 'aws_lambda_invocation', false],
  ['data', 'aws_region', false],
])('the %s resource %s runs a program: %s', (mode, type, isProgram) => {
  const resources = [{ address: 'a.b', mode, type, expressions: { input: constant('x') } }];
  const { programs } = parse({ configuration: { root_module: { resources } } });
  expect(programs).toMatchObject(isProgram ? [{ address: 'a.b', type, settings: { input: 'x' } }] : []);
});

test('a warning names all settings of a provider with the same risk', () => {
  const settings = {
    skip_requesting_account_id: true,
    access_key: 'AKIAEXAMPLE',
    skip_credentials_validation: true,
    secret_key: 'wJalrXUtnFEMI',
  };
  const expressions = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, constant(value)]));
  expect(warningTexts(parse({ configuration: { provider_config: { aws: { full_name: AWS, expressions } } } }))).toEqual(
    [
      expect.stringMatching(/^access: .*credentials that every reader.*`access_key` .*, `secret_key` /),
      expect.stringMatching(/^access: .*skips checks.*`skip_requesting_account_id` .*, `skip_credentials_validation` /),
    ],
  );
});
