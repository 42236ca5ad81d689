/** Runs the session of every stack in a local run, and compares the DynamoDB calls with the grants. */
import { type Deployment, start } from 'local-run';
import { runSession, type Session } from '../smoke/session';
import { sessions as smokeSessions } from '../smoke/sessions';
import { compareFunction, type ObservedRequest, type FunctionReport } from './compare';

export interface StackReport {
  readonly stack: string;
  readonly functions: readonly FunctionReport[];
  /** Whether there is a session, which exercises every operation. */
  readonly hasSession: boolean;
  /** The first answer that differs from the documented answer. */
  readonly difference?: string;
}

export interface MeasureOptions {
  /** The setting functionPerRoute. @default false */
  readonly functionPerRoute?: boolean;
  /** A folder of synthesized stacks. @default the app is synthesized */
  readonly synthesized?: string;
  /** Sessions that exercise every operation, by stack name. @default the sessions of `npm run smoke` */
  readonly sessions?: Readonly<Record<string, Session>>;
  /** Receives a line for each slow step. */
  readonly onProgress?: (line: string) => void;
}

export async function measure(options: MeasureOptions = {}): Promise<StackReport[]> {
  const { functionPerRoute = false, synthesized, sessions = smokeSessions, onProgress } = options;
  let requests: ObservedRequest[] = [];
  const running = await start({
    port: 0,
    ...(synthesized !== undefined && { synthesized }),
    environment: { FUNCTION_PER_ROUTE: String(functionPerRoute) },
    onRequest: ({ routeKey, calls = [] }) => requests.push({ routeKey, calls }),
    onFault: (text) => onProgress?.(text),
  });
  try {
    const reports: StackReport[] = [];
    for (const deployment of running.deployments) {
      requests = [];
      const { stack } = deployment;
      const session = Object.hasOwn(sessions, stack) ? sessions[stack] : undefined;
      onProgress?.(session ? `${stack}: running its session ...` : `${stack}: has no session`);
      const difference =
        session &&
        (await runSession(stack, deployment.outputs, session, { print: () => undefined, continueOnDifference: true }));
      reports.push(reportOf(deployment, requests, session !== undefined, difference));
    }
    return reports;
  } finally {
    await running.stop();
  }
}

function reportOf(
  deployment: Deployment,
  requests: readonly ObservedRequest[],
  hasSession: boolean,
  difference: string | undefined,
): StackReport {
  const wasDenied = requests.some(({ calls }) => calls.some(({ decision }) => decision === 'denied'));
  // When a request failed for a reason other than a denied call, some of its calls are missing.
  const isComplete = hasSession && (difference === undefined || wasDenied);
  return {
    stack: deployment.stack,
    functions: deployment.functions.map((definition) => compareFunction(definition, deployment, requests, isComplete)),
    hasSession,
    ...(difference !== undefined && { difference }),
  };
}

/** Whether grants and calls differ, or a session found a difference. */
export function differs(report: StackReport): boolean {
  return report.difference !== undefined || grantsDiffer(report);
}

/** Whether grants and calls differ. The verdict `unknown` is not a difference. */
export function grantsDiffer({ functions }: StackReport): boolean {
  const verdicts = functions.flatMap(({ rows }) => rows.map(({ verdict }) => verdict));
  return verdicts.some((verdict) => ['unused', 'wide', 'missing'].includes(verdict));
}
