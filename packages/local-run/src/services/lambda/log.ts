/** The lines that Lambda itself writes into a function's log, in its text format and its JSON format. */
import type { InvocationError } from './errors';
import type { Failure } from './protocol';

/** What became of an invocation, for its REPORT. */
export interface Report {
  readonly requestId: string;
  readonly milliseconds: number;
  readonly memoryMb: number;
  /** Of a cold start. */
  readonly initMilliseconds?: number | undefined;
  readonly error?: InvocationError | undefined;
}

/**
 * What was thrown (aws-lambda-nodejs-runtime-interface-client, src/LogPatch.js).
 * @param cause `Invoke Error`, `Uncaught Exception` or `Unhandled Promise Rejection`
 * @param requestId undefined before the first invocation, and so it stands in the text
 */
export function errorLine(format: string, cause: string, requestId: string | undefined, failure: Failure): string {
  const timestamp = new Date().toISOString();
  if (isJson(format)) {
    const message: unknown = JSON.parse(failure.logged);
    return JSON.stringify({ timestamp, level: 'ERROR', requestId, message });
  }
  return [timestamp, String(requestId), 'ERROR', `${cause} `, failure.logged].join('\t');
}

/** The line at the start of an invocation. */
export function startLine(format: string, requestId: string): string {
  if (isJson(format)) return platform('platform.start', { requestId, version: '$LATEST' });
  return `START RequestId: ${requestId} Version: $LATEST`;
}

/**
 * The lines at the end of an invocation. There is no "Max Memory Used": the instances are threads of
 * one process, whose memory cannot be told apart.
 * @param brief leaves out END, which says nothing of its own
 */
export function endLines(format: string, report: Report, brief = false): string[] {
  const { requestId, error, memoryMb, milliseconds, initMilliseconds } = report;
  const status = !error ? 'success' : error.errorType === 'Sandbox.Timedout' ? 'timeout' : 'error';
  const errorType = status === 'error' ? error?.errorType : undefined;
  if (isJson(format)) {
    const metrics = {
      durationMs: Number(milliseconds.toFixed(3)),
      billedDurationMs: Math.ceil(milliseconds),
      memorySizeMB: memoryMb,
      ...(initMilliseconds !== undefined && { initDurationMs: Number(initMilliseconds.toFixed(3)) }),
    };
    return [platform('platform.report', { requestId, metrics, status, errorType })];
  }
  const fields = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${milliseconds.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(milliseconds)} ms`,
    `Memory Size: ${memoryMb} MB`,
    ...(initMilliseconds === undefined ? [] : [`Init Duration: ${initMilliseconds.toFixed(2)} ms`]),
    ...(status === 'success' ? [] : [`Status: ${status}`]),
    ...(errorType === undefined ? [] : [`Error Type: ${errorType}`]),
  ];
  return [...faultLines(error), ...(brief ? [] : [`END RequestId: ${requestId}`]), fields.join('\t')];
}

/** An initialization that took too long; Lambda starts over with the function's own timeout. */
export function initTimeoutLine(format: string, milliseconds: number): string {
  if (isJson(format)) {
    const metrics = { durationMs: milliseconds };
    return platform('platform.initReport', { phase: 'init', status: 'timeout', metrics });
  }
  return `INIT_REPORT Init Duration: ${milliseconds.toFixed(2)} ms\tPhase: init\tStatus: timeout`;
}

/** What the sandbox says itself: of a timeout, and of an instance that ended. */
function faultLines(error: InvocationError | undefined): string[] {
  if (error?.errorType === 'Sandbox.Timedout') {
    const [, id = '', text = ''] = /^RequestId: (\S+) Error: (.*)$/.exec(error.message) ?? [];
    return [`${new Date().toISOString()} ${id} ${text}`];
  }
  const exited = error !== undefined && /^RequestId: \S+ Error: Runtime exited/.test(error.message);
  return exited ? [error.message, error.errorType] : [];
}

function isJson(format: string): boolean {
  return format.toUpperCase() === 'JSON';
}

function platform(type: string, record: object): string {
  return JSON.stringify({ time: new Date().toISOString(), type, record });
}
