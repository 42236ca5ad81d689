/** Runs a session: a list of requests with their expected answers. */
import { sign } from '../aws/sign';
import { apiRegion } from './api-region';
import { differenceIn, parseJson } from './difference';
import { type Answer, send } from './http';
import { type Session, SessionError, type StackOutputs, type Step } from './step';
import { fillIn, MissingValueError, pick, type Values } from './values';

/** A little longer than API Gateway waits for a function: 29 s for a REST API, 30 s for an HTTP API. */
const TIMEOUT_MS = 35_000;

export interface SessionOptions {
  /** Receives a line for each step. @default console.log */
  readonly print?: (line: string) => void;
  /** Whether to continue after a difference. @default false: only the clean-up steps follow */
  readonly continueOnDifference?: boolean;
}

/** Runs all steps. @returns the first difference from the expected answers, or undefined */
export async function runSession(
  stack: string,
  outputs: StackOutputs,
  session: Session,
  { print = console.log, continueOnDifference = false }: SessionOptions = {},
): Promise<string | undefined> {
  const { url } = outputs;
  if (typeof url !== 'string' || !URL.canParse(url))
    return `${stack}: its output url must be a URL, but is ${String(url)}.`;
  print(`\n${stack} at ${url}`);
  let steps: readonly Step[];
  try {
    steps = session(outputs);
  } catch (error) {
    if (error instanceof SessionError) return `${stack}: ${error.message}`;
    throw error;
  }
  const values: Values = new Map();
  let difference: string | undefined;
  for (const step of steps) {
    if (difference !== undefined && !step.cleanUp && !continueOnDifference) continue;
    const { status, fault } = await runStep(url.replace(/\/$/, ''), step, values);
    const line = [step.method, step.path, step.label ?? ''].join(' ').trimEnd();
    if (step.cleanUp) {
      if (fault !== undefined && !isAbsent(step, status)) print(`  The clean-up (${line}) failed: ${fault}`);
      continue;
    }
    print(`  ${fault === undefined ? 'ok' : 'DIFFERENT'}  ${line}  ${status ?? 'no answer'}`);
    if (fault !== undefined) difference ??= [`${stack}, ${line}: ${fault}`, step.hint ?? ''].join('\n').trimEnd();
  }
  return difference;
}

/** Whether a clean-up found no data: the session has deleted it itself, or created none. */
function isAbsent({ headers = {} }: Step, status: number | undefined): boolean {
  // If-Match: * is answered with 412 when the item is absent.
  return status === 404 || (status === 412 && headers['if-match'] === '*');
}

/** The result of a request. */
export interface StepResult {
  /** Undefined when there was no answer. */
  readonly status?: number;
  /** The body of the answer. */
  readonly text?: string;
  /** How the answer differs from the expected answer. */
  readonly fault?: string | undefined;
}

/**
 * Sends the request of a step, and saves values of the expected answer.
 * @param url the API's URL, without a trailing slash
 */
export async function runStep(url: string, template: Step, values: Values): Promise<StepResult> {
  let step: Step;
  try {
    step = fillIn(template, values);
  } catch (error) {
    // The step that saves the value failed, and its clean-up has nothing to remove.
    if (error instanceof MissingValueError) return template.cleanUp ? {} : { fault: error.message };
    throw error;
  }
  let received: Answer;
  try {
    received = await sendStep(step.server ?? url, step);
  } catch (error) {
    return { fault: `there was no answer: ${(error as Error).message}` };
  }
  const fault = differenceIn(received, step);
  if (fault === undefined) {
    const answer = { body: parseJson(received.text), header: received.headers };
    for (const [name, place] of Object.entries(step.save ?? {})) values.set(name, pick(answer, place));
  }
  return { status: received.status, text: received.text, fault };
}

async function sendStep(server: string, { method, path, headers = {}, body, isSigned = false }: Step): Promise<Answer> {
  const url = server + path;
  const request = {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  };
  const scope = () => ({ service: 'execute-api', region: apiRegion(url) });
  const sent = isSigned ? await sign(url, request, scope()) : request.headers;
  return send(url, { ...request, headers: sent, timeoutMs: TIMEOUT_MS });
}
