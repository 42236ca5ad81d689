/** Calls the JSON API of the console of a run. */
import { findConsole } from '../engine/console-address';
import { isObject } from '../services/is-object';
import type { McpArguments } from './arguments';

/** Tried when no run of the folder works. */
const DEFAULT_CONSOLE = 'http://127.0.0.1:3999';

/** Longer than the console waits for the answer of an API. */
const TIMEOUT_MS = 65_000;

/** A call failed. The message says what to do. */
export class CallError extends Error {
  override readonly name = 'CallError';
}

export class ConsoleClient {
  constructor(private readonly options: McpArguments) {}

  /** Searches the console again at each call: a run may start, end or restart while the agent works. */
  get origin(): string {
    return this.options.console ?? new URL(findConsole(this.options.folder) ?? DEFAULT_CONSOLE).origin;
  }

  /**
   * @param target path and query of a call: see ../console/api.ts
   * @param field a field of each successful answer: an answer without it comes from another program
   * @throws CallError
   */
  get<T extends object>(target: string, field: keyof T): Promise<T> {
    return this.call('GET', target, field);
  }

  /**
   * @param body sent as JSON
   * @throws CallError
   */
  async call<T extends object>(method: string, target: string, field: keyof T, body?: unknown): Promise<T> {
    const { origin } = this;
    const response = await fetch(new URL(target, origin), {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'manual',
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new CallError(this.noAnswerMessage(origin, error as Error));
    });
    const answer = await response.json().catch(() => undefined);
    if (response.ok && isObject(answer) && Object.hasOwn(answer, field)) return answer as T;
    const { message, current } = isObject(answer) ? answer : {};
    if (response.ok || typeof message !== 'string') throw new CallError(notAConsoleMessage(origin, response.status));
    throw new CallError(current === undefined ? message : `${message} The current item: ${JSON.stringify(current)}`);
  }

  private noAnswerMessage(origin: string, error: Error): string {
    const { code } = (error.cause ?? {}) as NodeJS.ErrnoException;
    const reason = error.name === 'TimeoutError' ? `no answer within ${TIMEOUT_MS / 1000} s` : (code ?? error.message);
    const advice =
      this.options.console === undefined
        ? 'Start a run in the folder of the app with `npm start` or `local-run`, or pass its console with --console URL.'
        : 'Start the run, or pass the console of a running run with --console URL.';
    return `No local run answers at ${origin} (${reason}). ${advice}`;
  }
}

function notAConsoleMessage(origin: string, status: number): string {
  return (
    `The program at ${origin} answers with status ${status}, but not as the console of a local run. ` +
    'Pass the URL that the run prints as its console with --console URL.'
  );
}
