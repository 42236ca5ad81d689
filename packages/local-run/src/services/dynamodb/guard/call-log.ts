/** The calls that the guard reports, by the instance that made them. */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { SharedTexts } from '../../lambda/shared-texts';
import type { DynamodbCall } from '../../../model/dynamodb-call';

/** How the guard's thread reports: in shared memory, or by message where that is full. */
export interface CallChannel {
  readonly port: MessagePort;
  readonly shared: SharedArrayBuffer;
}

/** A message that says: look into the memory. */
const LOOK = 'look';

/** For how long calls may lie there, in ms: most are fetched sooner, with the result of their invocation. */
const LOOK_AFTER_MS = 20;

/** In the guard's thread. */
export class CallReports {
  private readonly texts: SharedTexts;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly channel: CallChannel) {
    this.texts = new SharedTexts(channel.shared);
  }

  add(call: DynamodbCall): void {
    const { port } = this.channel;
    if (!this.texts.add(JSON.stringify(call))) return port.postMessage(call);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (!this.texts.isEmpty) port.postMessage(LOOK);
    }, LOOK_AFTER_MS);
  }
}

/** In the thread of the run. */
export class CallLog {
  private readonly calls = new Map<string, DynamodbCall[]>();
  /** Of each instance, the time until which its calls were last taken. */
  private readonly takenUntil = new Map<string, number>();
  private readonly texts: SharedTexts;
  private readonly port: MessagePort;

  /** @param onCall gets each call */
  constructor(
    channel: CallChannel,
    private readonly onCall: (call: DynamodbCall) => void,
  ) {
    this.texts = new SharedTexts(channel.shared);
    this.port = channel.port;
    this.port.on('message', (message: DynamodbCall | typeof LOOK) => this.received(message));
    // It alone keeps no process alive.
    this.port.unref();
  }

  /**
   * The calls of an instance since they were last taken. The guard reports a call before it answers it, so that all
   * calls that a finished invocation has waited for are here, or on their way: these are fetched.
   * @param until those that came later stay: the instance has begun with its next invocation. By the clock that threads share
   */
  take(accessKeyId: string, until = Number.POSITIVE_INFINITY): readonly DynamodbCall[] {
    this.fetch();
    for (;;) {
      const received = receiveMessageOnPort(this.port) as { readonly message: DynamodbCall | typeof LOOK } | undefined;
      if (!received) break;
      this.received(received.message);
    }
    // Those of an invocation that did not wait for them, and that came before its end, are nobody's.
    const since = this.takenUntil.get(accessKeyId) ?? Number.NEGATIVE_INFINITY;
    if (Number.isFinite(until)) this.takenUntil.set(accessKeyId, until);
    else this.takenUntil.delete(accessKeyId);
    const calls = this.calls.get(accessKeyId)?.filter(({ came }) => came > since);
    if (!calls) return [];
    const later = calls.filter(({ came }) => came > until);
    if (later.length > 0) this.calls.set(accessKeyId, later);
    else this.calls.delete(accessKeyId);
    return later.length > 0 ? calls.filter(({ came }) => came <= until) : calls;
  }

  /** What is in the memory is mostly older than a message; only the order depends on it. */
  private received(message: DynamodbCall | typeof LOOK): void {
    this.fetch();
    if (message !== LOOK) this.add(message);
  }

  private fetch(): void {
    for (const text of this.texts.take()) this.add(JSON.parse(text) as DynamodbCall);
  }

  private add(call: DynamodbCall): void {
    if (call.accessKeyId !== '') {
      const own = this.calls.get(call.accessKeyId);
      if (own) own.push(call);
      else this.calls.set(call.accessKeyId, [call]);
    }
    this.onCall(call);
  }
}
