/** Runs the session of every stack in a local run, and compares the DynamoDB calls with the grants. */
import { type Deployment, start } from 'local-run';
import { needsOf } from '../../function/contract/needs';
import { ROOT } from '../project';
import { contractOf, sessionOf } from '../smoke/find-session';
import { runSession } from '../smoke/session';
import type { Session } from '../smoke/step';
import { compareFunction, type FunctionReport, type Observed, type ObservedRequest } from './compare';

export interface StackReport {
  readonly stack: string;
  readonly functions: readonly FunctionReport[];
  /** Whether there is a session, which exercises every operation. */
  readonly hasSession: boolean;
  /** The first answer that differs from the documented answer. */
  readonly difference?: string;
}

export interface MeasureOptions {
  /** Absolute path of the folder with the app's cdktf.json. @default this project */
  readonly app?: string;
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
  const { app = ROOT, functionPerRoute = false, synthesized, sessions, onProgress } = options;
  let requests: ObservedRequest[] = [];
  const running = await start({
    folder: app,
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
      const session = sessions ? sessions[stack] : await sessionOf(stack, app);
      onProgress?.(session ? `${stack}: running its session ...` : `${stack}: has no session`);
      const difference =
        session &&
        (await runSession(stack, deployment.outputs, session, { print: () => undefined, continueOnDifference: true }));
      const afterLostAnswer = await lostAnswerActions(stack, app);
      reports.push(reportOf(deployment, { requests, afterLostAnswer }, session !== undefined, difference));
    }
    return reports;
  } finally {
    await running.stop();
  }
}

async function lostAnswerActions(stack: string, app: string): Promise<Observed['afterLostAnswer']> {
  const contract = await contractOf(stack, app);
  return (routeKey) =>
    contract && Object.hasOwn(contract.routes, routeKey) ? (needsOf(contract, routeKey).afterLostAnswer ?? []) : [];
}

function reportOf(
  deployment: Deployment,
  { requests, afterLostAnswer }: Pick<Observed, 'requests' | 'afterLostAnswer'>,
  hasSession: boolean,
  difference: string | undefined,
): StackReport {
  const wasDenied = requests.some(({ calls }) => calls.some(({ decision }) => decision === 'denied'));
  // When a request failed for a reason other than a denied call, some of its calls are missing.
  const isComplete = hasSession && (difference === undefined || wasDenied);
  return {
    stack: deployment.stack,
    functions: deployment.functions.map((definition) =>
      compareFunction(definition, deployment, { requests, isComplete, afterLostAnswer }),
    ),
    hasSession,
    ...(difference !== undefined && { difference }),
  };
}

/** Whether grants and calls differ, or a session found a difference. */
export function differs(report: StackReport): boolean {
  return report.difference !== undefined || grantsDiffer(report);
}

/** Whether grants and calls differ. The verdicts `unknown` and `retry` are no differences. */
export function grantsDiffer({ functions }: StackReport): boolean {
  const verdicts = functions.flatMap(({ rows }) => rows.map(({ verdict }) => verdict));
  return verdicts.some((verdict) => ['unused', 'wide', 'missing'].includes(verdict));
}
