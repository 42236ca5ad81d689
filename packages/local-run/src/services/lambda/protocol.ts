/** What an instance (a worker thread) and its pool tell one another. */
import type { MessagePort } from 'node:worker_threads';
import type { Way } from './mail';

export interface InstanceData {
  /** Where the archive was unpacked: LAMBDA_TASK_ROOT. */
  readonly taskRoot: string;
  /** `index.handler`. */
  readonly handler: string;
  readonly invokedFunctionArn: string;
  readonly timeoutMs: number;
}

/** What an instance's thread is given. */
export interface WorkerInput extends InstanceData {
  readonly port: MessagePort;
  /** For invocations. */
  readonly toInstance: Way;
  /** For messages. */
  readonly toPool: Way;
  /** Of its Turns. */
  readonly turns: SharedArrayBuffer;
}

/** What makes a thread an instance. */
export interface Given {
  readonly input: WorkerInput;
  /** Variables that the thread did not begin with. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Invocation {
  readonly requestId: string;
  readonly traceId: string;
  /** The event as JSON text, as it comes over Lambda's runtime API. */
  readonly event: string;
}

/** What a handler or a module threw, as Lambda reports it. */
export interface Failure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
  /** In the function's log, as JSON: all that an error has. */
  readonly logged: string;
}

/** When the handler was called, and when it had answered, by the clock that threads share. */
export interface Times {
  readonly began: number;
  readonly ended: number;
}

/** Handlers' results aside, which are JSON already. */
export type InstanceMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-error'; readonly failure: Failure }
  | ({ readonly kind: 'error'; readonly requestId: string; readonly failure: Failure } & Times)
  | {
      /** The instance ends itself after this. */
      readonly kind: 'fatal';
      readonly cause: 'Uncaught Exception' | 'Unhandled Promise Rejection';
      /** Of the invocation under way; undefined between invocations. */
      readonly requestId: string | undefined;
      readonly failure: Failure;
    };

/** What an instance's thread tells. */
export type Told =
  | InstanceMessage
  | { readonly kind: 'output'; readonly stream: Stream; readonly text: string }
  | ({ readonly kind: 'result'; readonly requestId: string; readonly json: string } & Times);

/** Lambda's console is none of the other two: its lines do not go on where those end. */
export type Stream = 'stdout' | 'stderr' | 'console';

/** Between the first words and what they introduce. None of the words has one. */
const END = '\n';

/** @param batch by which the instance asks whether it may begin, where it is busy */
export function invocationText({ requestId, traceId, event }: Invocation, batch: number | undefined): string {
  return `${requestId} ${traceId} ${batch ?? ''}${END}${event}`;
}

export function readInvocation(text: string): [invocation: Invocation, batch: number | undefined] {
  const [words, event] = split(text);
  const [requestId = '', traceId = '', batch = ''] = words.split(' ');
  return [{ requestId, traceId, event }, batch === '' ? undefined : Number(batch)];
}

export function toldText(told: Told): string {
  if (told.kind === 'result') return `result ${told.requestId} ${told.began} ${told.ended}${END}${told.json}`;
  if (told.kind === 'output') return `output ${told.stream}${END}${told.text}`;
  return `message${END}${JSON.stringify(told)}`;
}

export function readTold(text: string): Told {
  const [words, rest] = split(text);
  const [kind, of = '', began, ended] = words.split(' ');
  if (kind === 'result') return { kind, requestId: of, began: Number(began), ended: Number(ended), json: rest };
  if (kind === 'output') return { kind, stream: of as Stream, text: rest };
  return JSON.parse(rest) as InstanceMessage;
}

function split(text: string): [words: string, rest: string] {
  const end = text.indexOf(END);
  return [text.slice(0, end), text.slice(end + END.length)];
}
