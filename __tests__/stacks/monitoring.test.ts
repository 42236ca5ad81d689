/** Alarms, their topic, and the dashboard of an API. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { items } from '../../function/items/contract';
import { manager } from '../../function/manager/contract';
import { readSettings } from '../../stacks/settings';
import { devices, orders } from '../support/contracts';
import { handlers, wide } from '../support/extreme-contracts';
import { ROOT } from '../support/local-run';
import { addresses, synth, type Synthesized } from '../support/synth';

const ON = { alarmEmail: 'ops@example.com' };

interface Query {
  readonly id: string;
  readonly expression?: string;
  readonly return_data: boolean;
  readonly metric?: {
    readonly namespace: string;
    readonly metric_name: string;
    readonly stat: string;
    readonly period: number;
    readonly dimensions: Readonly<Record<string, string>>;
  };
}

interface Alarm {
  readonly alarm_name: string;
  readonly alarm_description: string;
  readonly metric_query: readonly Query[];
  readonly threshold: number;
  readonly evaluation_periods: number;
  readonly datapoints_to_alarm: number;
}

const alarmsOf = ({ resource }: Synthesized) =>
  (resource['aws_cloudwatch_metric_alarm'] ?? {}) as Readonly<Record<string, Alarm>>;

const metricsOf = (alarm?: Alarm) => alarm?.metric_query.flatMap(({ metric }) => metric ?? []) ?? [];

const widgetsOf = ({ resource }: Synthesized) =>
  (
    JSON.parse(resource['aws_cloudwatch_dashboard']?.['dashboard'].dashboard_body as string) as {
      widgets: { properties: { title: string; metrics?: unknown[][]; query?: string } }[];
    }
  ).widgets.map(({ properties }) => properties);

/** The anchors of the headings of docs/operate.md. */
const headings = [...readFileSync(path.join(ROOT, 'docs/operate.md'), 'utf8').matchAll(/^#+ (.+)$/gm)].map(
  ([, text = '']) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
);

const SHAPES: readonly [string, () => Synthesized][] = [
  ['items', () => synth(items, ON)],
  ['manager', () => synth(manager, ON)],
  ['orders, with a function per route', () => synth(orders, { ...ON, functionPerRoute: true })],
  ['devices', () => synth(devices, ON)],
  ['handlers, with a function per route', () => synth(handlers, { ...ON, functionPerRoute: true })],
  ['300 routes, with a function per route', () => synth(wide(300), { ...ON, functionPerRoute: true })],
];

test('without an address there are no alarms, topics, dashboards and metrics', () => {
  const off = synth(items);
  expect(addresses(off).filter((address) => /sns|cloudwatch_(metric|dashboard)/.test(address))).toEqual([]);
  expect(JSON.stringify(off.resource)).not.toContain('METRICS_NAMESPACE');
});

test('with an address, the stack has six alarms, a topic with a mail subscription, and a dashboard', () => {
  const [on, off] = [synth(items, ON), synth(items)];
  const before = addresses(off);
  expect(addresses(on).filter((address) => !before.includes(address))).toEqual([
    'aws_cloudwatch_dashboard.dashboard',
    'aws_cloudwatch_metric_alarm.api_5xx',
    'aws_cloudwatch_metric_alarm.api_latency',
    'aws_cloudwatch_metric_alarm.dynamodb_system_errors',
    'aws_cloudwatch_metric_alarm.dynamodb_throttled_requests',
    'aws_cloudwatch_metric_alarm.function_errors',
    'aws_cloudwatch_metric_alarm.function_throttles',
    'aws_sns_topic.alarms',
    'aws_sns_topic_subscription.alarms',
  ]);
  expect(on.resource['aws_sns_topic_subscription']?.['alarms']).toMatchObject({
    protocol: 'email',
    endpoint: 'ops@example.com',
    topic_arn: '${aws_sns_topic.alarms.arn}',
  });
});

describe.each(SHAPES)('%s', (_, makeStack) => {
  let stack: Synthesized;
  let alarms: readonly Alarm[];
  beforeAll(() => {
    stack = makeStack();
    alarms = Object.values(alarmsOf(stack));
  });

  test('each alarm writes to the topic when it starts and when it ends, and not while data are missing', () => {
    expect(alarms.length).toBeGreaterThanOrEqual(6);
    for (const alarm of alarms) {
      expect(alarm).toMatchObject({
        alarm_actions: ['${aws_sns_topic.alarms.arn}'],
        ok_actions: ['${aws_sns_topic.alarms.arn}'],
        treat_missing_data: 'notBreaching',
        comparison_operator: 'GreaterThanThreshold',
      });
    }
  });

  test('each alarm has one result from at most 10 metrics, and a unique name of at most 255 characters', () => {
    for (const { metric_query: queries } of alarms) {
      expect(queries.filter(({ return_data: isResult }) => isResult)).toHaveLength(1);
      const metrics = queries.filter(({ metric }) => metric !== undefined);
      expect(metrics.length).toBeGreaterThanOrEqual(1);
      expect(metrics.length).toBeLessThanOrEqual(10);
      for (const { id } of queries) expect(id).toMatch(/^[a-z][a-zA-Z0-9_]*$/);
    }
    const names = alarms.map(({ alarm_name: name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(255);
  });

  test('each description ends with the link to a runbook in docs/operate.md', () => {
    for (const { alarm_description: text } of alarms) {
      const [, anchor] = / Runbook: in the folder of this project, docs\/operate\.md#([a-z-]+)$/.exec(text) ?? [];
      expect(headings).toContain(anchor);
    }
  });

  test('each function has an alarm for errors and one for throttles', () => {
    const functions = Object.keys(stack.resource['aws_lambda_function'] ?? {});
    expect(Object.keys(alarmsOf(stack))).toEqual(
      expect.arrayContaining(functions.flatMap((name) => [`${name}_errors`, `${name}_throttles`])),
    );
  });

  test('the dashboard shows every metric of the alarms', () => {
    const shown = new Set(
      widgetsOf(stack).flatMap(({ metrics = [] }) =>
        metrics.map(([space, name]) => `${String(space)} ${String(name)}`),
      ),
    );
    const watched = alarms
      .flatMap((alarm) => metricsOf(alarm))
      .map(({ namespace, metric_name: name }) => `${namespace} ${name}`);
    expect(watched.filter((metric) => !shown.has(metric))).toEqual([]);
  });
});

test('the alarms of an HTTP API and of a REST API watch the metrics that the kind has', () => {
  const rate = (stack: Synthesized) => metricsOf(alarmsOf(stack)['api_5xx']);
  const http = { ApiId: '${aws_apigatewayv2_api.api.id}' };
  const rest = { ApiName: '${aws_api_gateway_rest_api.api.name}', Stage: '${aws_api_gateway_stage.api.stage_name}' };
  expect(rate(synth(items, ON)).map(({ metric_name: name, dimensions }) => [name, dimensions])).toEqual([
    ['5xx', http],
    ['Count', http],
  ]);
  expect(rate(synth(devices, ON)).map(({ metric_name: name, dimensions }) => [name, dimensions])).toEqual([
    ['5XXError', rest],
    ['Count', rest],
  ]);
});

test('the alarms of a table add the metrics of the operations that the contract uses', () => {
  const operations = (stack: Synthesized) =>
    metricsOf(alarmsOf(stack)['dynamodb_throttled_requests']).map(({ dimensions }) => dimensions['Operation']);
  expect(operations(synth(items, ON))).toEqual(['GetItem', 'Scan', 'PutItem', 'DeleteItem']);
  expect(operations(synth(orders, ON))).toEqual(['GetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem']);
});

test('thresholds are settings', () => {
  const thresholds = (settings: object) =>
    Object.entries(alarmsOf(synth(items, { ...ON, ...settings }))).map(([name, alarm]) => [
      name,
      alarm.threshold,
      `${alarm.datapoints_to_alarm} of ${alarm.evaluation_periods}`,
    ]);
  expect(thresholds({})).toEqual([
    ['api_5xx', 1, '2 of 3'],
    ['api_latency', 3000, '2 of 3'],
    ['dynamodb_system_errors', 0, '2 of 3'],
    ['dynamodb_throttled_requests', 0, '2 of 3'],
    ['function_errors', 0, '1 of 1'],
    ['function_throttles', 0, '1 of 1'],
  ]);
  const own = {
    alarmErrorPercent: 5,
    alarmP99Ms: 800,
    alarmFunctionErrors: 6,
    alarmThrottles: 7,
    alarmSystemErrors: 8,
  };
  expect(thresholds({ ...own, alarmPeriods: 1 })).toEqual([
    ['api_5xx', 5, '1 of 2'],
    ['api_latency', 800, '1 of 2'],
    ['dynamodb_system_errors', 8, '1 of 2'],
    ['dynamodb_throttled_requests', 7, '1 of 2'],
    ['function_errors', 6, '1 of 1'],
    ['function_throttles', 7, '1 of 1'],
  ]);
});

test('names of alarms, topics and dashboards begin with the prefix and contain the environment', () => {
  const { resource } = synth(devices, { ...ON, namePrefix: 'acme', environment: 'staging', region: 'eu-west-1' });
  expect({
    topic: resource['aws_sns_topic']?.['alarms'].name as string,
    dashboard: resource['aws_cloudwatch_dashboard']?.['dashboard'].dashboard_name as string,
    alarms: Object.values(resource['aws_cloudwatch_metric_alarm'] ?? {}).map(({ alarm_name: name }) => name as string),
    namespace: resource['aws_lambda_function']?.['function'].environment.variables.METRICS_NAMESPACE as string,
  }).toEqual({
    topic: 'acme-devices-staging-api-alarms',
    dashboard: 'acme-devices-staging-api-eu-west-1',
    alarms: [
      'acme-devices-staging-api-5xx',
      'acme-devices-staging-api-latency',
      'acme-devices-staging-system-errors',
      'acme-devices-staging-throttles',
      'acme-devices-staging-function-errors',
      'acme-devices-staging-function-throttles',
    ],
    namespace: 'acme-cdktf-serverless-crud-staging',
  });
});

test('ends of alarm names are a setting', () => {
  const names = (settings: object) =>
    Object.values(alarmsOf(synth(items, { ...ON, ...settings }))).map(({ alarm_name: name }) => name);
  const [fiveHundreds, ...others] = names({});
  expect(fiveHundreds).toBe('http-crud-tutorial-api-5xx');
  expect(names({ alarmNames: { 'server-errors': 'availability' } })).toEqual([
    'http-crud-tutorial-api-availability',
    ...others,
  ]);
  const table = names({ alarmNames: '{"table-throttles":"too-busy","drift":"x"}' });
  expect(table).toContain('http-crud-tutorial-items-too-busy');
  expect(table).toContain('http-crud-tutorial-function-throttles');
});

test.each<[object, RegExp]>([
  [{ servers: 'x' }, /^alarmNames .* The keys are server-errors, latency, /],
  [{ latency: 'Too Slow' }, /^alarmNames .* must be an object of names/],
  [{ latency: '5xx' }, /^alarmNames gives the alarms server-errors and latency the same name, 5xx; /],
  [{ 'function-errors': 'a', 'function-throttles': 'a' }, /the alarms function-errors and function-throttles the same/],
  [{ drift: 'drift-check' }, /the alarms drift and drift-check the same name/],
])('alarmNames cannot be %j', (alarmNames, message) => {
  expect(() => readSettings({ alarmNames }, {})).toThrow(
    expect.objectContaining({ problems: [expect.stringMatching(message)] }),
  );
});

test.each([
  [{}, 'in the folder of this project, docs/operate.md#latency'],
  [{ githubRepository: 'acme/crud' }, 'https://github.com/acme/crud/blob/main/docs/operate.md#latency'],
  [
    { githubRepository: 'acme/crud', githubOidcIssuer: 'github.example.com/_services/token' },
    'https://github.example.com/acme/crud/blob/main/docs/operate.md#latency',
  ],
])('with %j, alarms name the runbook: %s', (settings, url) => {
  const alarm = alarmsOf(synth(items, { ...ON, namePrefix: 'acme', ...settings }))['api_latency'];
  expect(alarm?.alarm_description.endsWith(` Runbook: ${url}`)).toBe(true);
});

test('the dashboard queries the logs of all functions for faults, and the metrics of the routes', () => {
  const widgets = widgetsOf(synth(orders, { ...ON, functionPerRoute: true }));
  const query = widgets.find(({ title }) => title === 'Last faults')?.query ?? '';
  expect(query).toContain("SOURCE '/aws/lambda/orders-function-create' | SOURCE '/aws/lambda/orders-function-list' | ");
  expect(query).toContain('filter status >= 500');
  expect(widgets.find(({ title }) => title === 'Faults of routes')?.metrics).toEqual([
    [
      {
        expression: `SEARCH('{"cdktf-serverless-crud",route,service} service="orders" MetricName="Faults"', 'Sum', 300)`,
        label: "$${PROP('Dim.route')}",
      },
    ],
  ]);
});

test.each(['WARN', 'ERROR', 'fatal'])(
  'the level %s is refused with an address: its log lines have no metrics',
  (logLevel) => {
    expect(() => readSettings({ ...ON, logLevel }, {})).toThrow(
      `logLevel is ${logLevel.toUpperCase()}, but alarmEmail is set; set INFO, DEBUG or TRACE`,
    );
    expect(readSettings({ logLevel }, {})).toMatchObject({ alarmEmail: '' });
  },
);

test('the share of errors that starts an alarm is at most 99 %, because no share is above 100 %', () => {
  expect(readSettings({ alarmErrorPercent: 99 }, {}).alarmErrorPercent).toBe(99);
  expect(() => readSettings({ alarmErrorPercent: 100 }, {})).toThrow('it must be a whole number from 0 to 99');
});
