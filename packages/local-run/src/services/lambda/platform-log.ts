/** Writes the lines that Lambda itself adds to a function's log, in the text format or the JSON format. */
import type { FunctionDeployment } from '../../model/deployment';
import { InvocationError } from './errors';
import type { Failure } from './worker-messages';

export interface PlatformLogOptions {
  /** Logs START, END and REPORT of every invocation. @default false: logs failed invocations only, without END */
  readonly platformLog?: boolean;
  /** Called with each line and the request id of its invocation. */
  readonly onLog: (line: string, requestId?: string) => void;
}

/** The data of a REPORT line. */
export interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  readonly memoryMb: number;
  /** Set for a cold start. */
  readonly initMs?: number | undefined;
  readonly error?: InvocationError | undefined;
}

export class PlatformLog {
  constructor(
    private readonly deployment: Pick<FunctionDeployment, 'logFormat' | 'memoryMb' | 'version'>,
    private readonly options: PlatformLogOptions,
  ) {}

  start(requestId: string): void {
    const { logFormat, version = '$LATEST' } = this.deployment;
    if (this.options.platformLog) this.options.onLog(startLine(logFormat, requestId, version), requestId);
  }

  end(requestId: string, durationMs: number, error?: unknown, initMs?: number): void {
    const { platformLog = false, onLog } = this.options;
    if (error === undefined && !platformLog) return;
    const { logFormat, memoryMb } = this.deployment;
    const failure = error instanceof InvocationError ? error : undefined;
    const report = { requestId, durationMs, initMs, memoryMb, error: failure };
    for (const line of endLines(logFormat, report, platformLog)) onLog(line, requestId);
  }

  initTimeout(milliseconds: number): void {
    this.options.onLog(initTimeoutLine(this.deployment.logFormat, milliseconds));
  }
}

/**
 * Formats an error that the runtime reports (aws-lambda-nodejs-runtime-interface-client, src/LogPatch.js).
 * @param cause `Invoke Error`, `Uncaught Exception` or `Unhandled Promise Rejection`
 * @param requestId undefined before the first invocation; the text format then prints `undefined`
 */
export function errorLine(format: string, cause: string, requestId: string | undefined, failure: Failure): string {
  const timestamp = new Date().toISOString();
  if (isJson(format)) {
    const message: unknown = JSON.parse(failure.logged);
    return JSON.stringify({ timestamp, level: 'ERROR', requestId, message });
  }
  return [timestamp, String(requestId), 'ERROR', `${cause} `, failure.logged].join('\t');
}

function startLine(format: string, requestId: string, version: string): string {
  if (isJson(format)) return platformLine('platform.start', { requestId, version });
  return `START RequestId: ${requestId} Version: ${version}`;
}

/**
 * Formats the lines at the end of an invocation. They lack "Max Memory Used": instances are threads of one process, and
 * Node.js does not report the memory of each thread.
 */
function endLines(format: string, report: Report, withEnd: boolean): string[] {
  const { requestId, error, memoryMb, durationMs, initMs } = report;
  const status = !error ? 'success' : error.errorType === 'Sandbox.Timedout' ? 'timeout' : 'error';
  const errorType = status === 'error' ? error?.errorType : undefined;
  if (isJson(format)) {
    const metrics = {
      durationMs: Number(durationMs.toFixed(3)),
      billedDurationMs: Math.ceil(durationMs),
      memorySizeMB: memoryMb,
      ...(initMs !== undefined && { initDurationMs: Number(initMs.toFixed(3)) }),
    };
    return [platformLine('platform.report', { requestId, metrics, status, errorType })];
  }
  const fields = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(durationMs)} ms`,
    `Memory Size: ${memoryMb} MB`,
    ...(initMs === undefined ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`]),
    ...(status === 'success' ? [] : [`Status: ${status}`]),
    ...(errorType === undefined ? [] : [`Error Type: ${errorType}`]),
  ];
  return [...sandboxLines(error), ...(withEnd ? [`END RequestId: ${requestId}`] : []), fields.join('\t')];
}

/** Formats the line about an initialization timeout. Lambda then repeats the initialization with the function's timeout. */
function initTimeoutLine(format: string, milliseconds: number): string {
  if (isJson(format)) {
    const metrics = { durationMs: milliseconds };
    return platformLine('platform.initReport', { phase: 'init', status: 'timeout', metrics });
  }
  return `INIT_REPORT Init Duration: ${milliseconds.toFixed(2)} ms\tPhase: init\tStatus: timeout`;
}

/** Formats the lines that Lambda's sandbox logs after a timeout or the exit of an instance. */
function sandboxLines(error: InvocationError | undefined): string[] {
  if (error?.errorType === 'Sandbox.Timedout') {
    const [, requestId = '', text = ''] = /^RequestId: (\S+) Error: (.*)$/.exec(error.message) ?? [];
    return [`${new Date().toISOString()} ${requestId} ${text}`];
  }
  const exited = error !== undefined && /^RequestId: \S+ Error: Runtime exited/.test(error.message);
  return exited ? [error.message, error.errorType] : [];
}

function isJson(format: string): boolean {
  return format.toUpperCase() === 'JSON';
}

function platformLine(type: string, record: object): string {
  return JSON.stringify({ time: new Date().toISOString(), type, record });
}
