/**
 * The function's log: one JSON line a request, in the fields of Powertools for AWS Lambda, which its users
 * know (a test compares the lines). Powertools itself took a tenth of a warm request: docs/decisions/0005.
 */
import type { Context } from 'aws-lambda';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

type Fields = Readonly<Record<string, unknown>>;

export class Logger {
  private context: Fields = {};
  private isColdStart: boolean;
  private readonly least: number;
  private readonly service: string;

  /**
   * @param environment least level: `AWS_LAMBDA_LOG_LEVEL`, which Lambda sets from the function's logging
   * configuration; service: `POWERTOOLS_SERVICE_NAME`
   */
  constructor(environment: Readonly<Record<string, string | undefined>> = process.env) {
    this.least = LEVELS.indexOf(environment['AWS_LAMBDA_LOG_LEVEL'] ?? 'INFO');
    this.service = environment['POWERTOOLS_SERVICE_NAME'] ?? 'service_undefined';
    // With provisioned concurrency nobody waited for the start.
    this.isColdStart = environment['AWS_LAMBDA_INITIALIZATION_TYPE'] === 'on-demand';
  }

  /** Adds what Lambda says of the invocation to the lines that follow. */
  addContext(context: Context): void {
    this.context = {
      cold_start: this.isColdStart,
      function_arn: context.invokedFunctionArn,
      function_memory_size: context.memoryLimitInMB,
      function_name: context.functionName,
      function_request_id: context.awsRequestId,
    };
    this.isColdStart = false;
  }

  info(message: string, fields: Fields): void {
    if (this.least <= LEVELS.indexOf('INFO')) process.stdout.write(this.line('INFO', message, fields));
  }

  error(message: string, fields: Fields): void {
    if (this.least <= LEVELS.indexOf('ERROR')) process.stderr.write(this.line('ERROR', message, fields));
  }

  private line(level: string, message: string, fields: Fields): string {
    const line = {
      level,
      message,
      timestamp: new Date().toISOString(),
      service: this.service,
      ...this.context,
      sampling_rate: 0,
      xray_trace_id: /Root=([^;]+)/.exec(process.env['_X_AMZN_TRACE_ID'] ?? '')?.[1],
      ...fields,
    };
    // Errors alone need more than JSON has.
    return `${fields['error'] === undefined ? JSON.stringify(line) : JSON.stringify(line, replacer())}\n`;
  }
}

/** Errors with their causes, digits of what JSON has no number for, and an end to circles. */
function replacer() {
  const ancestors: unknown[] = [];
  return function (this: unknown, _key: string, given: unknown): unknown {
    if (typeof given === 'bigint') return given.toString();
    const value = given instanceof Error ? formatted(given) : given;
    if (typeof value !== 'object' || value === null) return value;
    while (ancestors.length > 0 && ancestors.at(-1) !== this) ancestors.pop();
    if (ancestors.includes(value)) return undefined;
    ancestors.push(value);
    return value;
  };
}

function formatted(error: Error): Fields {
  const { name, message, stack, cause, ...others } = error;
  return {
    name,
    location: location(stack),
    message,
    stack,
    cause: cause instanceof Error ? formatted(cause) : cause,
    ...others,
  };
}

/** File and line of the first frame that has them in brackets. */
function location(stack = ''): string {
  const frame = /\(([^()]*?):(\d+?):(\d+?)\)\\?$/m.exec(stack);
  return frame ? `${frame[1]}:${frame[2]}` : '';
}

export const logger = new Logger();
