/**
 * The function's log: one JSON line a request, in the fields of Powertools for AWS Lambda, which its users
 * know (a test compares the lines). Powertools itself took a tenth of a warm request: docs/decisions/0007.
 */
import type { Context } from 'aws-lambda';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

type Fields = Readonly<Record<string, unknown>>;

export class Logger {
  private context: Context | undefined;
  private isColdStart = false;
  private readonly least: number;
  private readonly service: string;

  /**
   * Least level: `AWS_LAMBDA_LOG_LEVEL`, which Lambda sets from the function's logging configuration.
   * Service: `POWERTOOLS_SERVICE_NAME`.
   */
  constructor() {
    this.least = LEVELS.indexOf(process.env['AWS_LAMBDA_LOG_LEVEL'] ?? 'INFO');
    this.service = process.env['POWERTOOLS_SERVICE_NAME'] ?? 'service_undefined';
  }

  /** Adds what Lambda says of the invocation to the lines that follow. */
  addContext(context: Context): void {
    // With provisioned concurrency nobody waited for the start.
    this.isColdStart = !this.context && process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] === 'on-demand';
    this.context = context;
  }

  info(message: string, fields: Fields): void {
    if (this.least <= LEVELS.indexOf('INFO')) process.stdout.write(this.line('INFO', message, fields));
  }

  error(message: string, fields: Fields): void {
    if (this.least <= LEVELS.indexOf('ERROR')) process.stderr.write(this.line('ERROR', message, fields));
  }

  private line(level: string, message: string, fields: Fields): string {
    const { context } = this;
    const line = JSON.stringify({
      level,
      message,
      timestamp: new Date().toISOString(),
      service: this.service,
      cold_start: context && this.isColdStart,
      function_arn: context?.invokedFunctionArn,
      function_memory_size: context?.memoryLimitInMB,
      function_name: context?.functionName,
      function_request_id: context?.awsRequestId,
      sampling_rate: 0,
      xray_trace_id: traceId(),
    });
    // Errors alone need more than JSON has. Joined as text: to copy the fields takes longer than to write them.
    const others = fields['error'] === undefined ? JSON.stringify(fields) : JSON.stringify(fields, replacer());
    return others === '{}' ? `${line}\n` : `${line.slice(0, -1)},${others.slice(1)}\n`;
  }
}

/** `1-5759e988-...` of `Root=1-5759e988-...;Parent=...`, which Lambda sets anew for each invocation. */
function traceId(): string | undefined {
  return /Root=([^;]+)/.exec(process.env['_X_AMZN_TRACE_ID'] ?? '')?.[1];
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
