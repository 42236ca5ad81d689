/** Prints events for a person: first the stacks, then one line per request, in columns for a terminal at least 100 wide. */
import type { Deployment } from '../model/deployment';
import type { RequestLog } from '../services/api-gateway/server';
import type { DynamodbCall } from '../model/dynamodb-call';
import { clockOf } from '../time-zone';
import type { Reload } from '../engine/watch';
import { apiKeysOf } from './api-keys';
import { consoleText } from './console';
import { printError, printLine } from './out';
import type { Printer, PrinterOptions, Ready } from './printer';
import { hideApiKeys, payloads } from './record';
import { tokensOf } from './tokens';
import { bold, cyan, dim, green, red, yellow } from './style';

/** Aligns continuation lines with the second column. */
const INDENT = ' '.repeat(9);
const METHOD_WIDTH = 6;
const PATH_WIDTH = 34;
/** Width of all columns except the path, with room for a call and a note. */
const OTHER_COLUMNS = 72;

export class TextPrinter implements Printer {
  private apiKeys: readonly string[] = [];
  private stackWidth = 0;
  private lastReloadFailed = false;
  private lastAppOutput = '';

  constructor(private readonly options: PrinterOptions) {}

  starting(): void {
    printLine('Building and synthesizing ...');
  }

  ready({ deployments, page, pagePort, milliseconds, watching }: Ready): void {
    this.setDeployments(deployments);
    printLine(`\n${deploymentsText(deployments)}`);
    if (page !== undefined) printLine(`${pageText(page, pagePort)}\n`);
    const hints = [watching ? 'saved changes are applied' : '', 'Ctrl-C stops it'].filter((hint) => hint !== '');
    printLine(`Ready in ${(milliseconds / 1000).toFixed(1)} s; ${hints.join('; ')}.\n`);
  }

  request(log: RequestLog): void {
    printLine(requestText(log, this.stackWidth, this.apiKeys));
    if (!this.options.verbose) return;
    for (const [name, value] of Object.entries(payloads(log.invocation, this.apiKeys))) {
      printLine(`${INDENT}${cyan(name)} ${JSON.stringify(value, null, 2).replaceAll('\n', `\n${INDENT}`)}`);
    }
  }

  denied(call: DynamodbCall): void {
    printError(refusedText(call));
  }

  log(functionName: string, line: string): void {
    const text = logText(functionName, line, this.options.verbose);
    if (text !== undefined) printLine(hideApiKeys(text, this.apiKeys));
  }

  reload(reload: Reload, deployments: readonly Deployment[]): void {
    this.setDeployments(deployments);
    const failed = reload.outcome === 'failed';
    (failed ? printError : printLine)(reloadText(reload, this.lastReloadFailed));
    this.lastReloadFailed = failed;
  }

  appOutput(text: string): void {
    if (text !== '') printError(appOutputText(text, this.lastAppOutput));
    this.lastAppOutput = text;
  }

  fault(text: string): void {
    printError(text);
  }

  failed(message: string): void {
    printError(message);
  }

  private setDeployments(deployments: readonly Deployment[]): void {
    this.apiKeys = apiKeysOf(deployments);
    this.stackWidth = Math.max(0, ...deployments.map(({ stack }) => stack.length));
  }
}

/** Formats the URL of the console page, with a note if the requested port is not free. */
export function pageText(page: string, requestedPort: number): string {
  const { port } = new URL(page);
  // A URL omits the port 80.
  const usesOtherPort = requestedPort !== 0 && Number(port || 80) !== requestedPort;
  return `${bold('console')}\n  ${page}${usesOtherPort ? dim(`  (port ${requestedPort} is not free)`) : ''}`;
}

/** Formats each stack with its outputs and routes. */
export function deploymentsText(deployments: readonly Deployment[]): string {
  return deployments.map(deploymentText).join('\n');
}

function deploymentText(deployment: Deployment): string {
  const { stack, outputs, apis, functions } = deployment;
  const names = new Map(functions.map(({ arn, name }) => [arn, name]));
  const rows = Object.entries(outputs).map(([name, value]) => [name, outputText(value)]);
  const routes = apis.flatMap((api) =>
    api.routes.map(({ routeKey, functionArn }) => [...routeKey.split(' '), `-> ${names.get(functionArn) ?? ''}`]),
  );
  const tokens = tokensOf(deployment).map(
    (token) => `  token without signature, which is not checked here: ${token}\n`,
  );
  return [bold(stack), ...table(rows), '', ...table(routes), '', ...tokens].join('\n');
}

function outputText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.values(value).map(String).join(', ');
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, index) => Math.max(widest[index] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) => `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd());
}

/** Formats a request: `10:00:00 items    GET    /items/a                          200    12 ms cold GetItem allowed` */
export function requestText(log: RequestLog, stackWidth = 0, apiKeys: readonly string[] = []): string {
  const { method, path, response, milliseconds, cold, reason, calls = [], stack, heldMs } = log;
  const { status } = response;
  const color = status >= 500 ? red : status >= 400 ? yellow : green;
  const held = Math.round(heldMs);
  const notes = [
    ...callNotes(calls),
    ...(held > 0 ? [dim(`held ${held} ms`)] : []),
    ...(reason === undefined ? [] : [dim(firstLine(hideApiKeys(reason, apiKeys)))]),
  ];
  const columns = [
    dim(clock()),
    ...(stackWidth > 0 ? [stack.padEnd(stackWidth)] : []),
    encodeControlCharacters(method).padEnd(METHOD_WIDTH),
    fitPath(encodeControlCharacters(hideApiKeys(path, apiKeys))),
    color(String(status)),
    `${milliseconds.toFixed(0).padStart(5)} ms`,
    cold ? cyan('cold') : '    ',
    notes.join(', '),
  ];
  return columns.join(' ').trimEnd();
}

/** The function's log has the other lines of an error. Some errors, such as Prisma's, begin with a line break. */
function firstLine(text: string): string {
  return text.trim().split(/[\r\n]/, 1)[0] ?? '';
}

/** Formats calls: `GetItem allowed`, `PutItem denied`. Counts equal calls in succession: `GetItem x2 allowed`. */
function callNotes(calls: readonly DynamodbCall[]): string[] {
  const groups: { operation: string; decision: DynamodbCall['decision']; times: number }[] = [];
  for (const { operation, decision } of calls) {
    const last = groups.at(-1);
    if (last?.operation === operation && last.decision === decision) last.times += 1;
    else groups.push({ operation, decision, times: 1 });
  }
  return groups.map(({ operation, decision, times }) => {
    const text = `${operation}${times === 1 ? '' : ` x${times}`} ${decision}`;
    return decision === 'allowed' ? text : red(text);
  });
}

/** Fits a path into its column. Shortens a long path in the middle, but only on a terminal. */
function fitPath(path: string): string {
  const { columns } = process.stdout as { readonly columns?: number };
  if (columns === undefined) return path.padEnd(PATH_WIDTH);
  const width = Math.min(60, Math.max(30, columns - OTHER_COLUMNS));
  return (path.length <= width ? path : `${path.slice(0, width - 10)}...${path.slice(-7)}`).padEnd(width);
}

/** Percent-encodes control characters and non-ASCII characters: control characters must not reach the terminal. */
function encodeControlCharacters(text: string): string {
  return text.replace(/[^\u0020-\u007e]/g, (character) => encodeURIComponent(character));
}

/**
 * Formats a reload: `10:00:00 reloaded  function/items/contract.ts, 212 ms`, then one line per change, or the error.
 * @param previousFailed whether the previous reload failed
 */
export function reloadText({ outcome, files, changes, milliseconds, error }: Reload, previousFailed = false): string {
  const color = outcome === 'failed' ? red : outcome === 'reloaded' ? green : dim;
  const [first = '', ...others] = files;
  const why = others.length === 0 ? first : `${first} and ${others.length} more`;
  const line = `${dim(clock())} ${color(outcome.padEnd(9))} ${why}, ${milliseconds.toFixed(0)} ms`;
  if (outcome === 'unchanged') return `${line}: ${previousFailed ? 'fixed; ' : ''}the deployment stays the same`;
  if (outcome === 'reloaded') return [line, ...changes.map((change) => `${INDENT}${change}`)].join('\n');
  const errorLines = (error ?? '').split('\n').map((text) => `${INDENT}${text}`);
  return [`${line}: the previous version keeps serving`, ...errorLines].join('\n');
}

/**
 * Formats the text that the app printed during a synth. At a reload, a text that stays the same is one line.
 * @param previous the text of the previous synth
 */
export function appOutputText(text: string, previous: string): string {
  // Node.js begins its own warnings with the process id.
  const withoutProcessIds = (output: string) => output.replace(/\(node:\d+\)/g, '');
  if (withoutProcessIds(text) !== withoutProcessIds(previous)) return text;
  return dim(`${INDENT}The app printed the same text as in the previous synth.`);
}

let clockSecond = 0;
let clockText = '';

/** Returns the time as `10:00:00`. Formats it once per second. */
function clock(): string {
  const now = Math.floor(Date.now() / 1000);
  if (now !== clockSecond) {
    clockSecond = now;
    clockText = clockOf(now * 1000);
  }
  return clockText;
}

/** Describes a denied call with the grant that would allow it, or a call that the guard refused. */
export function refusedText({ functionName, roleArn, operation, parts, reason = '' }: DynamodbCall): string {
  const who = functionName === '' ? 'a caller without credentials of this run' : functionName;
  const denied = parts.find(({ decision }) => decision === 'denied');
  if (!denied) return `${yellow('refused')}  ${who}: dynamodb:${operation}: ${reason}.`;
  const { action, resource } = denied;
  const role = roleArn.split('/').at(-1) ?? '';
  return (
    `${yellow('denied')}   ${who}: its role ${role} may not ${action} on ${resource}: ${reason}.\n` +
    `         Grant the action in the role's policy, or remove the call.`
  );
}

/**
 * Formats a line that a function logged.
 * @returns undefined for a routine line (level below WARN), unless `verbose`
 */
export function logText(functionName: string, line: string, verbose: boolean): string | undefined {
  const fields = verbose ? undefined : fieldsOf(line);
  const consoleLine = fields && consoleText(fields);
  if (fields && consoleLine === undefined && isRoutine(fields)) return undefined;
  return `${dim(`${INDENT}${functionName}`)} ${(consoleLine ?? line).replaceAll('\n', `\n${INDENT}`)}`;
}

function fieldsOf(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isRoutine({ level }: Readonly<Record<string, unknown>>): boolean {
  return ['TRACE', 'DEBUG', 'INFO'].includes(String(level).toUpperCase());
}
