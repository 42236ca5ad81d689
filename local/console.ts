/** What the local run prints for a person: the stacks at start, then a line a request. */
import type { Deployment } from './deployment';
import type { DynamodbCall } from './guard/call';
import type { RequestLog } from './gateway/server';

const colored = process.stdout.isTTY && !process.env['NO_COLOR'];

const paint = (code: number) => (text: string) => (colored ? `\u001b[${code}m${text}\u001b[0m` : text);
const bold = paint(1);
const dim = paint(2);
const red = paint(31);
const green = paint(32);
const yellow = paint(33);

/** Each stack with its outputs and routes. */
export function deploymentsText(deployments: readonly Deployment[]): string {
  return deployments.map(deploymentText).join('\n');
}

function deploymentText({ stack, outputs, apis, functions }: Deployment): string {
  const names = new Map(functions.map(({ arn, name }) => [arn, name]));
  const rows = Object.entries(outputs).map(([name, value]) => [name, shownOutput(value)]);
  const routes = apis.flatMap((api) =>
    api.routes.map(({ routeKey, functionArn }) => [...routeKey.split(' '), `-> ${names.get(functionArn) ?? ''}`]),
  );
  return [bold(stack), ...table(rows), '', ...table(routes), ''].join('\n');
}

function shownOutput(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.values(value).map(String).join(', ');
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (most, row) => row.map((cell, index) => Math.max(most[index] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) => `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd());
}

/** `10:00:00 PUT /items 200 12 ms, cold start` */
export function requestText({ method, path, response, milliseconds, cold, reason }: RequestLog): string {
  const { status } = response;
  const color = status >= 500 ? red : status >= 400 ? yellow : green;
  const notes = [`${milliseconds.toFixed(0)} ms`, cold ? 'cold start' : '', reason ?? ''].filter((note) => note !== '');
  const time = new Date().toTimeString().slice(0, 8);
  // Control characters in a path must not reach the terminal.
  const shownPath = path.replace(/[^\u0020-\u007e]/g, (character) => encodeURIComponent(character));
  return `${dim(time)} ${method} ${shownPath} ${color(String(status))} ${notes.join(', ')}`;
}

/** What IAM refused, and which grant would mend it. */
export function refusedText({ functionName, roleArn, operation, parts, reason = '' }: DynamodbCall): string {
  const who = functionName === '' ? 'a caller without credentials of this run' : functionName;
  const denied = parts.find(({ decision }) => decision === 'denied');
  if (!denied) return `${yellow('refused')}  ${who}: dynamodb:${operation}: ${reason}.`;
  const { action, resource } = denied;
  const role = roleArn.split('/').at(-1) ?? '';
  return (
    `${yellow('denied')}   ${who}: its role ${role} may not ${action} on ${resource}: ${reason}.\n` +
    `         Grant it (in the route's actions in the contract, or with table.grant in the stack), or do without the call.`
  );
}

/**
 * A line that a function wrote, or undefined where a request line says as much: log lines below
 * a warning are for CloudWatch, and shown only on demand.
 */
export function logText(functionName: string, line: string, verbose: boolean): string | undefined {
  return verbose || !isRoutine(line) ? `${dim(`         ${functionName}`)} ${line}` : undefined;
}

function isRoutine(line: string): boolean {
  try {
    const { level } = JSON.parse(line) as { level?: unknown };
    return ['TRACE', 'DEBUG', 'INFO'].includes(String(level).toUpperCase());
  } catch {
    return false;
  }
}
