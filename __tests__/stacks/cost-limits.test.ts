/** Settings and contract keywords that limit cost: ceilings of tables, reserved concurrency, throttles, sizes of bodies. */
import { items } from '../../function/items/contract';
import { manager } from '../../function/manager/contract';
import type { Api } from '../../function/contract/api';
import { readSettings } from '../../stacks/settings';
import { devices, notes, orders } from '../support/contracts';
import { synth, type Synthesized } from '../support/synth';

const only = (stack: Synthesized, type: string) => Object.values(stack.resource[type] ?? {})[0];

describe('the ceilings of a table', () => {
  const tableOf = (settings: object) => only(synth(orders, settings), 'aws_dynamodb_table');

  test('apply to the table and to each index', () => {
    const ceiling = { max_read_request_units: 1000, max_write_request_units: 500 };
    const table = tableOf({ maxReadUnits: 1000, maxWriteUnits: 500 });
    expect(table.on_demand_throughput).toEqual(ceiling);
    expect(table.global_secondary_index).toHaveLength(2);
    for (const index of table.global_secondary_index as object[])
      expect(index).toHaveProperty('on_demand_throughput', ceiling);
  });

  test('may limit reads or writes alone', () => {
    expect(tableOf({ maxReadUnits: 7 }).on_demand_throughput).toEqual({ max_read_request_units: 7 });
    expect(tableOf({ maxWriteUnits: 7 }).on_demand_throughput).toEqual({ max_write_request_units: 7 });
  });

  test('are removed from a deployed table by -1', () => {
    expect(tableOf({ maxReadUnits: '-1' }).on_demand_throughput).toEqual({ max_read_request_units: -1 });
  });

  test('are absent without the settings', () => {
    expect(JSON.stringify(tableOf({}))).not.toContain('on_demand_throughput');
  });
});

describe('reserved concurrency', () => {
  const reservations = (settings: object) =>
    Object.values(synth(orders, settings).resource['aws_lambda_function'] ?? {}).map(
      (resource) => resource.reserved_concurrent_executions as unknown,
    );

  test('is reserved for each function, only when it is a number', () => {
    expect(reservations({ reservedConcurrency: 20 })).toEqual([20]);
    expect(new Set(reservations({ reservedConcurrency: 20, functionPerRoute: true }))).toEqual(new Set([20]));
    expect(reservations({ reservedConcurrency: 'NONE' })).toEqual([undefined]);
    expect(reservations({})).toEqual([undefined]);
  });
});

describe('X-Ray', () => {
  const xrayStatements = ({ data }: Synthesized) =>
    (data['aws_iam_policy_document']?.['function_permissions'].statement as { actions: string[] }[]).filter(
      ({ actions }) => actions.some((action) => action.startsWith('xray:')),
    );

  test.each<[string, Api]>([
    ['an HTTP API', notes],
    ['a REST API', devices],
  ])('traces the functions of %s, and their roles may send traces', (_, api) => {
    const traced = synth(api, { xrayTracing: true });
    expect(only(traced, 'aws_lambda_function').tracing_config).toEqual({ mode: 'Active' });
    expect(xrayStatements(traced)).toEqual([
      { actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] },
    ]);
    const untraced = synth(api);
    // Without the block, a function that was traced would stay so.
    expect(only(untraced, 'aws_lambda_function').tracing_config).toEqual({ mode: 'PassThrough' });
    expect(xrayStatements(untraced)).toEqual([]);
  });
});

describe('the throttle of a route', () => {
  const throttled = (api: Api, key: string): Api => ({
    ...api,
    routes: { ...api.routes, [key]: { ...api.routes[key as keyof Api['routes']], throttle: { rate: 5, burst: 9 } } },
  });

  test('is in the stage of an HTTP API, which refers to the route', () => {
    const stage = only(synth(throttled(notes, 'GET /notes/{noteId}')), 'aws_apigatewayv2_stage');
    expect(stage.route_settings).toEqual([
      {
        route_key: '${aws_apigatewayv2_route.get_notes_noteid.route_key}',
        throttling_rate_limit: 5,
        throttling_burst_limit: 9,
      },
    ]);
    expect(stage.default_route_settings).toEqual({ throttling_rate_limit: 1000, throttling_burst_limit: 500 });
    expect(only(synth(notes), 'aws_apigatewayv2_stage')).not.toHaveProperty('route_settings');
  });

  test('is in the settings of a method of a REST API, whose path has ~1 for each slash', () => {
    const settings = synth(throttled(devices, 'GET /devices/{serial}')).resource['aws_api_gateway_method_settings'];
    expect(settings).toMatchObject({
      api: { method_path: '*/*', settings: { throttling_rate_limit: 1000 } },
      get_devices_serial: {
        method_path: '~1devices~1{serial}/GET',
        settings: { metrics_enabled: false, throttling_rate_limit: 5, throttling_burst_limit: 9 },
      },
    });
    expect(Object.keys(settings ?? {})).toHaveLength(2);
  });

  test('does not trigger a deployment of a REST API: settings of methods apply without one', () => {
    const trigger = (api: Api) => only(synth(api), 'aws_api_gateway_deployment').triggers as unknown;
    expect(trigger(throttled(devices, 'GET /devices/{serial}'))).toEqual(trigger(devices));
  });
});

describe('maxBodyBytes', () => {
  const variable = (api: Api, settings: object = {}) =>
    only(synth(api, settings), 'aws_lambda_function').environment.variables.MAX_BODY_BYTES as unknown;

  test.each<[string, Api]>([
    ['orders', orders],
    ['items', items],
    ['manager', manager],
  ])('is a variable of the function of %s, unless it is 0', (_, api) => {
    for (const maxBodyBytes of [1000, 999_999, 1_000_000, 1_000_001, 6_000_000])
      expect(variable(api, { maxBodyBytes })).toBe(String(maxBodyBytes));
    expect(variable(api, { maxBodyBytes: 0 })).toBeUndefined();
    expect(variable(api)).toBeUndefined();
  });

  test.each([-1, 1, 999, 6_000_001, 1000.5])('%p is refused', (maxBodyBytes) => {
    expect(() => readSettings({ maxBodyBytes }, {})).toThrow(
      'it must be 0, or a whole number from 1000 to 6000000 (bytes).',
    );
  });
});
