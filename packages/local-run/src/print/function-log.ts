/** Formats the log lines of functions, and their denied calls, for a person. */
import type { AwsCall } from '../model/aws-call';
import type { DynamodbCall } from '../model/dynamodb-call';
import { NO_STATEMENT } from '../services/iam/evaluate';
import { consoleText } from './console';
import { dim, INDENT, yellow } from './style';

/** Describes a call that the role's policies denied, with the missing grant, or a call that the guard refused. */
export function refusedText({ functionName, roleArn, operation, parts, reason = '' }: DynamodbCall): string {
  const who = functionName === '' ? 'a caller without credentials of this run' : functionName;
  const denied = parts.find(({ decision }) => decision === 'denied');
  if (!denied) return `${yellow('refused')}  ${who}: dynamodb:${operation}: ${reason}.`;
  const { action, resource } = denied;
  const role = roleArn.split('/').at(-1) ?? '';
  const advice = reason === NO_STATEMENT ? "Grant the action in the role's policy" : 'Change the policy or the request';
  return (
    `${yellow('denied')}   ${who}: its role ${role} may not ${action} on ${resource}: ${reason}.\n` +
    `         ${advice}, or remove the call.`
  );
}

/** Describes a call to a service that the run does not simulate. */
export function notSimulatedCallText({ functionName, service, action }: AwsCall): string {
  const who = functionName === '' ? 'a caller without credentials of this run' : functionName;
  return (
    `${yellow('failed')}   ${who}: called ${service}:${action}, which the local run does not simulate.\n` +
    `         Start it with --aws-endpoint URL to send such calls to an emulator.`
  );
}

/**
 * Formats a line that a function logged.
 * @param verbose whether to format lines below the level WARN, too
 * @returns undefined for a line that is not printed
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
