/** The setting `canary`: CodeDeploy moves the aliases of the functions. */
import { items } from '../../function/items/contract';
import { CANARY_CONFIGS, PREDEFINED, shiftOf } from '../../stacks/canary-configs';
import { readSettings } from '../../stacks/settings';
import { rooms } from '../support/caller-contracts';
import { orders } from '../support/contracts';
import { BOUNDARY, SETTINGS } from '../support/pipeline-statements';
import { addresses, synth, synthState, type Synthesized } from '../support/synth';

const ALARMS = { alarmEmail: 'ops@example.com' };
const ON = { ...ALARMS, canary: 'LambdaCanary10Percent5Minutes' };

interface Group {
  readonly app_name: string;
  readonly deployment_group_name: string;
  readonly deployment_config_name: string;
  readonly alarm_configuration: { readonly enabled: boolean; readonly alarms: readonly string[] };
}

const groupsOf = ({ resource }: Synthesized) =>
  (resource['aws_codedeploy_deployment_group'] ?? {}) as Readonly<Record<string, Group>>;

const policyOf = ({ data }: Synthesized) =>
  data['aws_iam_policy_document']?.['code_deploy_permissions'].statement as {
    actions: string[];
    resources: string[];
  }[];

/** Terraform names of the alarms of a group. */
const alarmsOf = (group?: Group) =>
  group?.alarm_configuration.alarms.map((alarm) =>
    alarm.replace(/^\$\{aws_cloudwatch_metric_alarm\.(.*)\.alarm_name}$/, '$1'),
  );

test('is off by default, and the alias then follows in the same apply', () => {
  expect(addresses(synth(items, ALARMS)).filter((address) => address.includes('codedeploy'))).toEqual([]);
  expect(synth(items, ALARMS).resource['aws_lambda_alias']?.['function']).not.toHaveProperty('lifecycle');
});

test('adds an application, a deployment group and a role to the stack', () => {
  const before = addresses(synth(items, ALARMS));
  expect(addresses(synth(items, ON)).filter((address) => !before.includes(address))).toEqual([
    'aws_codedeploy_app.api',
    'aws_codedeploy_deployment_group.function',
    'aws_iam_role.code_deploy',
    'aws_iam_role_policy.code_deploy',
  ]);
  expect(synth(items, ON).resource['aws_codedeploy_app']?.['api']).toMatchObject({
    name: 'http-crud-tutorial-api',
    compute_platform: 'Lambda',
  });
  expect(groupsOf(synth(items, ON))['function']).toMatchObject({
    app_name: '${aws_codedeploy_app.api.name}',
    deployment_group_name: 'http-crud-tutorial-function',
    deployment_config_name: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    deployment_style: { deployment_option: 'WITH_TRAFFIC_CONTROL', deployment_type: 'BLUE_GREEN' },
    auto_rollback_configuration: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
  });
});

test('lets Terraform create the aliases, and ignore their version and weights afterwards', () => {
  const aliases = Object.values(synth(rooms, ON).resource['aws_lambda_alias'] ?? {});
  expect(aliases.length).toBeGreaterThan(1);
  for (const alias of aliases)
    expect(alias).toMatchObject({ lifecycle: { ignore_changes: ['function_version', 'routing_config'] } });
});

test('gives each function, also of authorizers, a group with its own alarms and those of the API and the table', () => {
  const stack = synth(rooms, { ...ON, functionPerRoute: true });
  const groups = groupsOf(stack);
  expect(Object.keys(groups).sort()).toEqual(Object.keys(stack.resource['aws_lambda_alias'] ?? {}).sort());
  const [name = ''] = Object.keys(groups);
  const alarms = alarmsOf(groups[name]);
  expect(alarms).toEqual(expect.arrayContaining(['api_5xx', 'api_latency', `${name}_errors`, `${name}_throttles`]));
  expect(alarms?.filter((alarm) => /_(errors|throttles)$/.test(alarm) && !/^(dynamodb|api)_/.test(alarm))).toHaveLength(
    2,
  );
});

test('shortens the periods of the alarms to a minute, but of latency: a cold start must move no release back', () => {
  const periods = (settings: object, ofLatency: boolean) =>
    Object.entries(synth(items, settings).resource['aws_cloudwatch_metric_alarm'] ?? {})
      .filter(([name]) => (name === 'api_latency') === ofLatency)
      .flatMap(([, alarm]) => [...JSON.stringify(alarm).matchAll(/"period":(\d+)/g)].map(([, period]) => period));
  expect(new Set(periods(ON, false))).toEqual(new Set(['60']));
  expect(periods(ON, true)).toEqual(['300']);
  expect(new Set([...periods(ALARMS, false), ...periods(ALARMS, true)])).toEqual(new Set(['300']));
});

test('lets CodeDeploy move the aliases of this API, and no others', () => {
  const stack = synth(orders, { ...ON, permissionsBoundary: BOUNDARY });
  expect(policyOf(stack)).toMatchObject([
    {
      actions: ['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig', 'lambda:UpdateAlias'],
      resources: ['${aws_lambda_function.function.arn}', '${aws_lambda_alias.function.arn}'],
    },
    { actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] },
  ]);
  expect(stack.resource['aws_iam_role']?.['code_deploy']).toMatchObject({ permissions_boundary: BOUNDARY });
});

test('adds to the permissions boundary what the role needs, and only with the setting', () => {
  const sids = (settings: object) =>
    (
      synthState({ ...SETTINGS, ...settings }).data['aws_iam_policy_document']?.['function_boundary'].statement as {
        sid: string;
      }[]
    ).map(({ sid }) => sid);
  const always = ['Items', 'Logs', 'Others', 'TableKey', 'VariablesKey'];
  expect(sids({})).toEqual(always);
  expect(sids(ON)).toEqual([...always, 'CanaryFunctions', 'CanaryAlarms']);
});

test('is refused without the address for the alarms', () => {
  const canary = 'LambdaLinear10PercentEvery1Minute';
  expect(() => readSettings({ canary }, {})).toThrow(`alarmEmail is empty, but canary is ${canary}; set the address`);
  expect(readSettings({ canary: canary.toLowerCase(), ...ALARMS }, {}).canary).toBe(canary);
});

test('is refused when it takes longer than the job of the pipeline', () => {
  const repository = { namePrefix: 'acme', githubRepository: 'acme/shop', ...ALARMS };
  const slow = 'LambdaLinear10PercentEvery10Minutes';
  expect(() => readSettings({ canary: slow, ...repository }, {})).toThrow(
    `canary is ${slow}, which takes 90 minutes, but githubRepository is acme/shop; set a configuration of at most 30 minutes`,
  );
  expect(readSettings({ canary: slow, ...ALARMS }, {}).canary).toBe(slow);
  const canary = 'LambdaCanary10Percent30Minutes';
  expect(readSettings({ canary, ...repository }, {}).canary).toBe(canary);
});

test.each(['CodeDeployDefault.LambdaAllAtOnce', 'AllAtOnce', 'ECSCanary10Percent5Minutes', '', true])(
  'refuses the value %j',
  (canary) => {
    expect(() => readSettings({ canary, ...ALARMS }, {})).toThrow(/canary .* it must be one of NONE, LambdaCanary10/);
  },
);

test('describes how each configuration moves the requests', () => {
  expect(CANARY_CONFIGS.map((config) => shiftOf(PREDEFINED + config))).toEqual([
    { text: '10 % of the requests for 5 minutes, then all', minutes: 5 },
    { text: '10 % of the requests for 10 minutes, then all', minutes: 10 },
    { text: '10 % of the requests for 15 minutes, then all', minutes: 15 },
    { text: '10 % of the requests for 30 minutes, then all', minutes: 30 },
    { text: '10 % more of the requests every minute', minutes: 9 },
    { text: '10 % more of the requests every 2 minutes', minutes: 18 },
    { text: '10 % more of the requests every 3 minutes', minutes: 27 },
    { text: '10 % more of the requests every 10 minutes', minutes: 90 },
    { text: 'all requests together', minutes: 0 },
  ]);
  expect(shiftOf('acme-slow')).toBeUndefined();
});
