/** Metrics in the log lines of requests, in the embedded metric format of CloudWatch. */
import type * as outcome from '../../../function/http/outcome';
import type * as problem from '../../../function/http/problem';
const ENVIRONMENT = { POWERTOOLS_SERVICE_NAME: 'orders', AWS_LAMBDA_LOG_LEVEL: 'INFO' };

const originalEnvironment = { ...process.env };

afterEach(() => {
  process.env = { ...originalEnvironment };
  jest.restoreAllMocks();
});

/** The modules of the current execution environment. */
let modules: Pick<typeof outcome, 'runLogged'> & Pick<typeof problem, 'Problem'>;

/** Runs a request in a new execution environment. @returns its log line */
async function lineOf(work: () => Promise<number>, environment: object): Promise<Record<string, unknown>> {
  process.env = { ...originalEnvironment, ...ENVIRONMENT, ...environment };
  const lines: string[] = [];
  for (const name of ['stdout', 'stderr'] as const) {
    jest.spyOn(process[name], 'write').mockImplementation((chunk) => lines.push(String(chunk)) > 0);
  }
  jest.isolateModules(() => {
    modules = {
      ...jest.requireActual<typeof outcome>('../../../function/http/outcome'),
      ...jest.requireActual<typeof problem>('../../../function/http/problem'),
    };
  });
  await modules.runLogged('a=', 'GET /orders/{id}', work, (status) => status);
  jest.restoreAllMocks();
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '') as Record<string, unknown>;
}

/** The part of the specification that CloudWatch requires. */
interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly string[][];
  readonly Metrics: readonly { readonly Name: string }[];
}

const ON = { METRICS_NAMESPACE: 'acme-crud' };

test.each([
  [200, '2xx', 0],
  [204, '2xx', 0],
  [304, '3xx', 0],
  [404, '4xx', 0],
  [500, '5xx', 1],
])('a response with status %i counts as %s, with %i faults', async (status, statusClass, faults) => {
  const line = await lineOf(() => Promise.resolve(status), ON);
  expect(line).toMatchObject({
    service: 'orders',
    route: 'GET /orders/{id}',
    status,
    Faults: faults,
    [statusClass]: 1,
  });
  expect(line['Latency']).toBe(line['duration_ms']);
});

test('the problem of a request counts by its status', async () => {
  const notFound = () => Promise.reject(new modules.Problem(404, 'There is no such order.'));
  expect(await lineOf(notFound, ON)).toMatchObject({ Faults: 0, '4xx': 1 });
});

test('an unexpected error counts as a fault', async () => {
  expect(await lineOf(() => Promise.reject(new Error('unexpected')), ON)).toMatchObject({ Faults: 1, '5xx': 1 });
});

test('the line has a value for each metric and dimension that its directive names', async () => {
  const before = Date.now();
  const line = await lineOf(() => Promise.resolve(201), ON);
  const { Timestamp: time, CloudWatchMetrics: directives } = line['_aws'] as {
    Timestamp: number;
    CloudWatchMetrics: readonly Directive[];
  };
  expect(time).toBeGreaterThanOrEqual(before);
  expect(time).toBeLessThanOrEqual(Date.now());
  expect(directives.map(({ Namespace: name }) => name)).toEqual(['acme-crud']);
  for (const { Dimensions: sets, Metrics: metrics } of directives) {
    expect(sets).toEqual([['service', 'route']]);
    for (const name of sets.flat()) expect(line[name]).toEqual(expect.stringMatching(/^[^:\s]/));
    expect(metrics.map(({ Name: name }) => name)).toEqual(['Latency', 'Faults', '2xx']);
    for (const { Name: name } of metrics) expect(typeof line[name]).toBe('number');
  }
});

test.each([{}, { METRICS_NAMESPACE: '' }])('with %j, the line has no metrics', async (environment) => {
  const line = await lineOf(() => Promise.resolve(200), environment);
  expect(Object.keys(line)).toEqual(expect.not.arrayContaining(['_aws', 'Latency', 'Faults', '2xx']));
});
