/** Asks every operation of every stack for once, in a local run, and compares the calls with the grants. */
import { type Deployment, start } from 'local-run';
import { runSession, type Session } from '../smoke/session';
import { sessions as smokeSessions } from '../smoke/sessions';
import { compareFunction, type Exercised, type FunctionReport } from './compare';

export interface StackReport {
  readonly stack: string;
  readonly functions: readonly FunctionReport[];
  /** Whether there is a session, which asks for every operation. */
  readonly hasSession: boolean;
  /** What the session found to be otherwise than documented. */
  readonly difference?: string;
}

export interface MeasureOptions {
  /** Whether the stacks that can have a function a route have one. @default false */
  readonly functionPerRoute?: boolean;
  /** A folder that was synthesized into already. @default the app is synthesized */
  readonly synthesized?: string;
  /** What asks for every operation of a stack, by the stack's name. @default the sessions of `npm run smoke` */
  readonly sessions?: Readonly<Record<string, Session>>;
  /** Gets a line for each step that takes its time. */
  readonly onProgress?: (line: string) => void;
}

export async function measure(options: MeasureOptions = {}): Promise<StackReport[]> {
  const { functionPerRoute = false, synthesized, sessions = smokeSessions, onProgress } = options;
  let exercised: Exercised[] = [];
  const running = await start({
    port: 0,
    ...(synthesized !== undefined && { synthesized }),
    environment: { FUNCTION_PER_ROUTE: String(functionPerRoute) },
    onRequest: ({ routeKey, calls = [] }) => exercised.push({ routeKey, calls }),
    onFault: (text) => onProgress?.(text),
  });
  try {
    const reports: StackReport[] = [];
    for (const deployment of running.deployments) {
      exercised = [];
      const { stack } = deployment;
      const session = Object.hasOwn(sessions, stack) ? sessions[stack] : undefined;
      onProgress?.(session ? `${stack}: asking for every operation ...` : `${stack}: has no session`);
      const difference = session && (await runSession(stack, deployment.outputs, session, { print, goOn: true }));
      reports.push(reportOf(deployment, exercised, session !== undefined, difference));
    }
    return reports;
  } finally {
    await running.stop();
  }
}

/** The steps are not what is looked at here. */
function print(): void {
  return undefined;
}

function reportOf(
  deployment: Deployment,
  exercised: readonly Exercised[],
  hasSession: boolean,
  difference: string | undefined,
): StackReport {
  const wasDenied = exercised.some(({ calls }) => calls.some(({ decision }) => decision === 'denied'));
  // A request that went wrong for another reason may not have come to its calls.
  const judged = hasSession && (difference === undefined || wasDenied);
  return {
    stack: deployment.stack,
    functions: deployment.functions.map((one) => compareFunction(one, deployment, exercised, judged)),
    hasSession,
    ...(difference !== undefined && { difference }),
  };
}

/** Whether grants and calls are not the same, or a session was not as documented. What is unknown is no difference. */
export function differs({ functions, difference }: StackReport): boolean {
  const verdicts = functions.flatMap(({ rows }) => rows.map(({ verdict }) => verdict));
  return difference !== undefined || verdicts.some((verdict) => ['unused', 'wide', 'missing'].includes(verdict));
}
