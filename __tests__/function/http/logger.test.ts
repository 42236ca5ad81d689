/** Compares the logger with Powertools for AWS Lambda: same lines, same order of fields, same streams. */
import { Logger as Powertools } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { Logger } from '../../../function/http/logger';

const ENVIRONMENT = {
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_LEVEL: 'INFO',
  POWERTOOLS_SERVICE_NAME: 'items',
  _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
  TZ: ':UTC',
};

const CONTEXT = {
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:x',
  memoryLimitInMB: '256',
  functionName: 'x',
  awsRequestId: '8f507cfc-xmpl-4697-b07a-ac58fc914c95',
} as Context;

type Write = (logger: Pick<Logger, 'addContext' | 'info' | 'error'>) => void;

const originalEnvironment = { ...process.env };

afterEach(() => {
  process.env = { ...originalEnvironment };
  jest.restoreAllMocks();
});

/** Returns the lines that a logger writes, all with the same timestamp. */
function loggedLines(
  make: () => Pick<Logger, 'addContext' | 'info' | 'error'>,
  write: Write,
  changes: object,
): string[] {
  process.env = { ...originalEnvironment, ...ENVIRONMENT, ...changes };
  const lines: string[] = [];
  for (const name of ['stdout', 'stderr'] as const) {
    jest.spyOn(process[name], 'write').mockImplementation((chunk) => lines.push(`${name}: ${String(chunk)}`) > 0);
  }
  write(make());
  jest.restoreAllMocks();
  return lines.map((line) => line.replace(/"timestamp":"\d{4}-\d\d-\d\dT[\d:.]{12}Z"/, '"timestamp":"then"'));
}

const plainError = new Error('plain');

const circular: { self?: unknown } = {};
circular.self = circular;

const errorWithCauses = Object.assign(
  new TypeError('outer', { cause: new RangeError('inner', { cause: 'a string' }) }),
  {
    $metadata: { httpStatusCode: 503, attempts: 3 },
    digits: 12345678901234567890n,
    circular,
  },
);

test.each<[string, Write, object?]>([
  [
    'two requests, the first after a cold start',
    (logger) => {
      for (const status of [200, 404]) {
        logger.addContext(CONTEXT);
        logger.info(`GET /items/{id} ${status}`, {
          request_id: 'a=',
          route: 'GET /items/{id}',
          status,
          duration_ms: 1.5,
        });
      }
    },
  ],
  [
    'an error with causes, a circular reference and a bigint',
    (logger) => logger.error('failed', { status: 503, error: errorWithCauses }),
  ],
  ['an error in an INFO line', (logger) => logger.info('refused', { error: plainError })],
  ['no context and no trace id', (logger) => logger.info('x', {}), { _X_AMZN_TRACE_ID: '' }],
  [
    'provisioned concurrency',
    (logger) => {
      logger.addContext(CONTEXT);
      logger.info('x', {});
    },
    { AWS_LAMBDA_INITIALIZATION_TYPE: 'provisioned-concurrency' },
  ],
  ...['DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'].map((level): [string, Write, object] => [
    `level ${level}`,
    (logger) => {
      logger.info('info', {});
      logger.error('error', {});
    },
    { AWS_LAMBDA_LOG_LEVEL: level },
  ]),
])('writes the same lines as Powertools: %s', (_name, write, changes = {}) => {
  const lines = loggedLines(() => new Logger(), write, changes);
  expect(lines).toEqual(loggedLines(() => new Powertools() as never, write, changes));
});
