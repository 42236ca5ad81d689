/** Runs a session: a list of requests with their expected answers. */
import { isDeepStrictEqual } from 'node:util';
import { type Answer, send } from './http';

export type Outputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Step {
  readonly method: string;
  /** Path below the URL of the API: `/items/a`. */
  readonly path: string;
  /** Name of the step, when method and path do not identify it. */
  readonly label?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly status: number;
  /** The expected JSON, or a function that returns the fault of an answer, or undefined. @default any answer */
  readonly answer?: unknown;
  /** Whether the step removes the session's data. It then runs after a difference too, and its own failure is only printed. */
  readonly cleanUp?: boolean;
}

export type Session = (outputs: Readonly<Record<string, unknown>>) => readonly Step[];

/** The outputs lack a value that the session needs. */
export class SessionError extends Error {}

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
  outputs: Readonly<Record<string, unknown>>,
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
  let difference: string | undefined;
  for (const step of steps) {
    if (difference !== undefined && !step.cleanUp && !continueOnDifference) continue;
    const { status, fault } = await runStep(url.replace(/\/$/, ''), step);
    const line = [step.method, step.path, step.label ?? ''].join(' ').trimEnd();
    if (step.cleanUp) {
      if (fault !== undefined) print(`  The clean-up (${line}) failed: ${fault}`);
      continue;
    }
    print(`  ${fault === undefined ? 'ok' : 'DIFFERENT'}  ${line}  ${status ?? 'no answer'}`);
    if (fault !== undefined) difference ??= `${stack}, ${line}: ${fault}`;
  }
  return difference;
}

interface StepResult {
  /** Undefined when there was no answer. */
  readonly status?: number;
  /** How the answer differs from the expected answer. */
  readonly fault?: string | undefined;
}

async function runStep(url: string, step: Step): Promise<StepResult> {
  const { method, path, headers = {}, body } = step;
  let received: Answer;
  try {
    received = await send(url + path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
      timeoutMs: TIMEOUT_MS,
    });
  } catch (error) {
    return { fault: `there was no answer: ${(error as Error).message}` };
  }
  return { status: received.status, fault: differenceIn(received, step) };
}

function differenceIn({ status, text }: Answer, { status: expected, answer }: Step): string | undefined {
  if (status !== expected) return `expected status ${expected}, got ${status}: ${text.slice(0, 500)}`;
  if (answer === undefined) return undefined;
  const json = parseJson(text);
  if (typeof answer === 'function') return (answer as (json: unknown) => string | undefined)(json);
  return isDeepStrictEqual(json, answer) ? undefined : `expected ${JSON.stringify(answer)}, got ${text.slice(0, 500)}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
