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
  /** Names of the stacks whose sessions run. @default all */
  readonly stacks?: readonly string[];
  /** A folder of synthesized stacks. @default the app is synthesized */
  readonly synthesized?: string;
  /** Sessions that exercise every operation, by stack name. @default the sessions of `npm run smoke` */
  readonly sessions?: Readonly<Record<string, Session>>;
  /** Receives a line for each slow step. */
  readonly onProgress?: (line: string) => void;
}

/** Runs the sessions, and compares the calls of each stack with its grants. @throws Error when `stacks` has an unknown name */
export async function measure(options: MeasureOptions = {}): Promise<StackReport[]> {
  const { app = ROOT, functionPerRoute = false, stacks, synthesized, sessions, onProgress } = options;
  let requests: ObservedRequest[] = [];
  const running = await start({
    folder: app,
    port: 0,
    ...(synthesized !== undefined && { synthesized }),
    environment: { FUNCTION_PER_ROUTE: String(functionPerRoute) },
    // The sessions get their tokens from the issuer, which the console serves.
    console: { port: 0 },
    onRequest: ({ routeKey, calls = [] }) => requests.push({ routeKey, calls }),
    onFault: (text) => onProgress?.(text),
  });
  try {
    const reports: StackReport[] = [];
    for (const deployment of selected(running.deployments, stacks)) {
      requests = [];
      const { stack } = deployment;
      const session = sessions ? sessions[stack] : await sessionOf(stack, app);
      onProgress?.(session ? `${stack}: running its session ...` : `${stack}: has no session`);
      const issuer = running.page === undefined ? {} : { local_run_issuer: new URL(running.page).origin };
      const outputs = { ...deployment.outputs, ...issuer };
      const difference =
        session && (await runSession(stack, outputs, session, { print: () => undefined, continueOnDifference: true }));
      const needsOf = await needsOfStack(stack, app);
      reports.push(reportOf(deployment, { requests, needsOf }, session !== undefined, difference));
    }
    return reports;
  } finally {
    await running.stop();
  }
}

/** Selects the deployments of the named stacks, or all. @throws Error when a name belongs to no stack */
function selected(deployments: readonly Deployment[], stacks: readonly string[] = []): readonly Deployment[] {
  const known = deployments.map(({ stack }) => stack);
  const unknown = stacks.find((stack) => !known.includes(stack));
  if (unknown !== undefined) throw new Error(`There is no stack ${unknown}. Name one of ${known.join(', ')}.`);
  return deployments.filter(({ stack }) => stacks.length === 0 || stacks.includes(stack));
}

async function needsOfStack(stack: string, app: string): Promise<Observed['needsOf']> {
  const contract = await contractOf(stack, app);
  return (routeKey) => (contract && Object.hasOwn(contract.routes, routeKey) ? needsOf(contract, routeKey) : {});
}

function reportOf(
  deployment: Deployment,
  { requests, needsOf }: Pick<Observed, 'requests' | 'needsOf'>,
  hasSession: boolean,
  difference: string | undefined,
): StackReport {
  const wasDenied = requests.some(({ calls }) => calls.some(({ decision }) => decision === 'denied'));
  // When a request failed for a reason other than a denied call, some of its calls are missing.
  const isComplete = hasSession && (difference === undefined || wasDenied);
  return {
    stack: deployment.stack,
    functions: deployment.functions.map((definition) =>
      compareFunction(definition, deployment, { requests, isComplete, needsOf }),
    ),
    hasSession,
    ...(difference !== undefined && { difference }),
  };
}

/** Whether grants and calls differ, or a session found a difference. */
export function differs(report: StackReport): boolean {
  return report.difference !== undefined || grantsDiffer(report);
}

/** Whether grants and calls differ. The verdicts `unknown`, `retry` and `together` are no differences. */
export function grantsDiffer({ functions }: StackReport): boolean {
  const verdicts = functions.flatMap(({ rows }) => rows.map(({ verdict }) => verdict));
  return verdicts.some((verdict) => ['unused', 'wide', 'missing', 'bounded'].includes(verdict));
}
