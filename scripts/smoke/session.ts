/** Runs a session: a request a step, and what has to be answered. */
import { isDeepStrictEqual } from 'node:util';
import { type Answer, send } from './http';

export type Outputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Step {
  readonly method: string;
  /** Below the system's URL: `/items/a`. */
  readonly path: string;
  /** What the step does, where method and path do not say it. */
  readonly does?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly status: number;
  /** The whole JSON that has to be answered, or a function that says what is wrong with it. @default any */
  readonly answer?: unknown;
  /** Runs in any case at the end: it removes what the session made. */
  readonly cleanUp?: boolean;
}

export type Session = (outputs: Readonly<Record<string, unknown>>) => readonly Step[];

/** The outputs do not have what the session needs. */
export class SessionError extends Error {}

/** How long a step may take, in ms: the longest that API Gateway waits, and a little. */
const TIMEOUT_MS = 35_000;

export interface SessionOptions {
  /** Gets a line a step. @default console.log */
  readonly print?: (line: string) => void;
  /** Whether it goes on after a difference. @default false: only the clean-up follows */
  readonly goOn?: boolean;
}

/** @returns the first difference; undefined when there was none */
export async function runSession(
  stack: string,
  outputs: Readonly<Record<string, unknown>>,
  session: Session,
  { print = console.log, goOn = false }: SessionOptions = {},
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
    if (difference !== undefined && !step.cleanUp && !goOn) continue;
    const { status, found } = await runStep(url.replace(/\/$/, ''), step);
    const line = [step.method, step.path, step.does ?? ''].join(' ').trimEnd();
    if (step.cleanUp) {
      if (found !== undefined) print(`  The clean-up (${line}) did not go through: ${found}`);
      continue;
    }
    print(`  ${found === undefined ? 'ok' : 'DIFFERENT'}  ${line}  ${status ?? 'no answer'}`);
    if (found !== undefined) difference ??= `${stack}, ${line}: ${found}`;
  }
  return difference;
}

/** The status that was answered, if any, and what is wrong with the answer, if anything. */
interface Outcome {
  readonly status?: number;
  readonly found?: string | undefined;
}

async function runStep(url: string, step: Step): Promise<Outcome> {
  const { method, path, headers = {}, body } = step;
  let got: Answer;
  try {
    got = await send(url + path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
      timeoutMs: TIMEOUT_MS,
    });
  } catch (error) {
    return { found: `there was no answer: ${(error as Error).message}` };
  }
  return { status: got.status, found: differenceIn(got, step) };
}

function differenceIn({ status, text }: Answer, { status: expected, answer }: Step): string | undefined {
  if (status !== expected) return `expected status ${expected}, got ${status}: ${text.slice(0, 500)}`;
  if (answer === undefined) return undefined;
  const json = parsed(text);
  if (typeof answer === 'function') return (answer as (json: unknown) => string | undefined)(json);
  return isDeepStrictEqual(json, answer) ? undefined : `expected ${JSON.stringify(answer)}, got ${text.slice(0, 500)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
