/**
 * Writes the log of the function: one JSON line for each request, with the field names of Powertools for AWS Lambda.
 * A test compares the lines with the output of Powertools. docs/decisions/0007 explains why the project does not use Powertools.
 */
import type { Context } from 'aws-lambda';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

type Fields = Readonly<Record<string, unknown>>;

/** Writes lines with the levels INFO and ERROR. The functions use no other levels. */
export class Logger {
  private context: Context | undefined;
  private isColdStart = false;
  private readonly minLevel: number;
  private readonly service: string;

  /**
   * Reads `POWERTOOLS_SERVICE_NAME`, and `AWS_LAMBDA_LOG_LEVEL`, which Lambda sets from the function's logging configuration.
   */
  constructor() {
    this.minLevel = LEVELS.indexOf(process.env['AWS_LAMBDA_LOG_LEVEL'] ?? 'INFO');
    this.service = process.env['POWERTOOLS_SERVICE_NAME'] ?? 'service_undefined';
  }

  /** Adds the fields of the function and the invocation to the following lines. */
  addContext(context: Context): void {
    // With provisioned concurrency, the environment starts before its first request: no request has a cold start.
    this.isColdStart = !this.context && process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] === 'on-demand';
    this.context = context;
  }

  info(message: string, fields: Fields): void {
    if (this.minLevel <= LEVELS.indexOf('INFO')) process.stdout.write(this.line('INFO', message, fields));
  }

  error(message: string, fields: Fields): void {
    if (this.minLevel <= LEVELS.indexOf('ERROR')) process.stderr.write(this.line('ERROR', message, fields));
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
    // Only errors need the replacer. Joining two JSON texts is cheaper than copying the fields into one object.
    const rest = fields['error'] === undefined ? JSON.stringify(fields) : JSON.stringify(fields, replacer());
    return rest === '{}' ? `${line}\n` : `${line.slice(0, -1)},${rest.slice(1)}\n`;
  }
}

/** Returns `1-5759e988-...` from `Root=1-5759e988-...;Parent=...`. Lambda sets the variable for each invocation. */
function traceId(): string | undefined {
  return /Root=([^;]+)/.exec(process.env['_X_AMZN_TRACE_ID'] ?? '')?.[1];
}

/** Returns a JSON replacer that writes errors with causes and bigints as strings, and omits circular references. */
function replacer() {
  const ancestors: unknown[] = [];
  return function (this: unknown, _key: string, original: unknown): unknown {
    if (typeof original === 'bigint') return original.toString();
    const value = original instanceof Error ? errorFields(original) : original;
    if (typeof value !== 'object' || value === null) return value;
    while (ancestors.length > 0 && ancestors.at(-1) !== this) ancestors.pop();
    if (ancestors.includes(value)) return undefined;
    ancestors.push(value);
    return value;
  };
}

function errorFields(error: Error): Fields {
  const { name, message, stack, cause, ...rest } = error;
  return {
    name,
    location: location(stack),
    message,
    stack,
    cause: cause instanceof Error ? errorFields(cause) : cause,
    ...rest,
  };
}

/** Returns file and line of the first stack frame that has them in brackets. */
function location(stack = ''): string {
  const frame = /\(([^()]*?):(\d+?):(\d+?)\)\\?$/m.exec(stack);
  return frame ? `${frame[1]}:${frame[2]}` : '';
}

export const logger = new Logger();
