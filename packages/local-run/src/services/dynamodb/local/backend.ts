/** The built-in DynamoDB: dynalite, with the checks and operations that it lacks in front of it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject } from '../../is-object';
import type { Backend } from '../guard/guard';
import { SERVED_OPERATIONS } from '../guard/operations';
import { AccessLock } from './access-lock';
import { attributeFault, type RequestInput } from './attribute-names';
import type { Answer, Dynalite } from './dynalite';
import { INTERNAL_ERROR, RequestRefused, validationError } from './errors';
import { tableArnsOf, withTableArns, withTableNames } from './table-names';
import { TimeToLive } from './time-to-live';
import { Transactions } from './transactions';
import { writeOrReturnItem } from './conditional-writes';
import type { WriteBuffer } from './write-buffer';

const SINGLE_WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

/** How long dynalite may still write for a call whose caller has closed the connection. */
const ABANDONED_CALL_MS = 1_000;

/** @param onFault called with each exception that dynalite throws for a request */
export function localBackend(dynalite: Dynalite, buffer: WriteBuffer, onFault: (text: string) => void): Backend {
  const lock = new AccessLock();
  const transactions = new Transactions(dynalite, buffer);
  const timeToLive = new TimeToLive(dynalite, lock, onFault);
  timeToLive.startSweeps();

  const operations = new Map<string, (input: RequestInput) => Promise<Answer>>([
    ['TransactWriteItems', (input) => lock.exclusive(() => transactions.write(input))],
    ['TransactGetItems', (input) => lock.exclusive(() => transactions.get(input))],
    ['DescribeTimeToLive', (input) => timeToLive.describe(input)],
    ['UpdateTimeToLive', (input) => timeToLive.update(input)],
  ]);

  /** dynalite ignores ReturnValuesOnConditionCheckFailure. No other call may change the item before it is read. */
  function returnsItemOnFailure(operation: string, input: RequestInput) {
    if (input['ReturnValuesOnConditionCheckFailure'] !== 'ALL_OLD' || !SINGLE_WRITES.has(operation)) return undefined;
    return () => lock.exclusive(() => writeOrReturnItem(dynalite, operation, input));
  }

  function serveDynalite(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    lock.shared((release) => {
      releaseWhenAnswered(response, release);
      try {
        dynalite.serve(request, response, body);
      } catch (error) {
        onFault((error as Error).stack ?? String(error));
        if (!response.headersSent) send(response, INTERNAL_ERROR);
      }
    });
  }

  /** Calls dynalite as `serveDynalite` does, and returns the answer. */
  function callDynalite(operation: string, input: RequestInput): Promise<Answer> {
    return new Promise((resolve, reject) => {
      lock.shared((release) => void dynalite.call(operation, input).then(resolve, reject).finally(release));
    });
  }

  async function serveOwn(
    run: (input: RequestInput) => Promise<Answer>,
    response: ServerResponse,
    input: RequestInput,
  ): Promise<void> {
    try {
      send(response, await run(input));
    } catch (error) {
      const isRefused = error instanceof RequestRefused;
      if (!isRefused) onFault((error as Error).stack ?? String(error));
      send(response, isRefused ? error.answer : INTERNAL_ERROR);
    }
  }

  const answer: Backend['answer'] = (request, response, body) => {
    const [, operation = ''] = String(request.headers['x-amz-target']).split('.');
    const parsed = parseInput(body);
    // dynalite answers an invalid body.
    if (!parsed) return serveDynalite(request, response, body);
    const input = withTableNames(parsed);
    const fault = attributeFault(operation, input);
    if (fault !== undefined) return send(response, validationError(fault));
    const run = operations.get(operation) ?? returnsItemOnFailure(operation, input);
    const arns = tableArnsOf(parsed);
    if (!run && arns.size === 0) return serveDynalite(request, response, body);
    const answerOf = run ?? (() => callDynalite(operation, input));
    void serveOwn(async () => withTableArns(await answerOf(input), arns), response, input);
  };
  return { answer, hasOperation: (operation) => SERVED_OPERATIONS.has(operation) };
}

/** Releases the lock when dynalite has answered. It never answers a call for which it throws late: then the caller gives up. */
function releaseWhenAnswered(response: ServerResponse, release: () => void): void {
  const onClose = () => {
    if (response.writableEnded) release();
    else setTimeout(release, ABANDONED_CALL_MS).unref();
  };
  if (response.destroyed) onClose();
  else response.once('close', onClose);
}

function parseInput(body: Buffer): RequestInput | undefined {
  try {
    const input: unknown = JSON.parse(body.toString());
    return isObject(input) ? input : undefined;
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
