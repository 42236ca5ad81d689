/** The thread of an instance: what it is given, and what it tells. */
import { MessageChannel, type Worker } from 'node:worker_threads';
import type { Attention } from './attention';
import { newWay, Receiver, Sender } from './mail';
import { type InstanceData, type Invocation, invocationText, readTold, type Told, type WorkerInput } from './protocol';
import type { ThreadKind, Threads } from './threads';
import { Turns } from './turns';

/** What is told is looked for after so long, in ms, while the thread has something to do; sooner, its last answer wakes this one. */
const NAP_MS = 2;

export interface ThreadOptions extends InstanceData, ThreadKind {
  readonly threads: Pick<Threads, 'take'>;
  /** While it is needed, this thread does not sleep, and looks for what is told in each turn of its event loop. */
  readonly attention: Pick<Attention, 'isNeeded'>;
}

interface ThreadEvents {
  readonly onTold: (told: Told) => void;
  /**
   * Called after all that it told.
   * @param failure what V8 ended it for
   */
  readonly onExit: (status: number, failure: unknown) => void;
}

export class InstanceThread {
  readonly performance: Worker['performance'];
  private readonly worker: Worker;
  private readonly sender: Sender;
  private readonly receiver: Receiver;
  private readonly turns = new Turns();
  private napping = false;
  private readonly nap: NodeJS.Timeout;
  private readonly attention: Pick<Attention, 'isNeeded'>;
  /** Set while more is to be taken in the next turn of the event loop. */
  private again: NodeJS.Immediate | undefined;
  private failure: unknown;

  constructor(
    { environment, memoryMb, threads, attention, ...data }: ThreadOptions,
    private readonly events: ThreadEvents,
  ) {
    this.attention = attention;
    const { taskRoot, handler, invokedFunctionArn, timeoutMs } = data;
    const { port1, port2: port } = new MessageChannel();
    const [toInstance, toPool] = [newWay(), newWay()];
    const input: WorkerInput = {
      ...{ taskRoot, handler, invokedFunctionArn, timeoutMs },
      ...{ port, toInstance, toPool, turns: this.turns.shared },
    };
    this.worker = threads.take({ environment, memoryMb }, input, [port]);
    this.performance = this.worker.performance;
    this.sender = new Sender(toInstance, port1);
    this.receiver = new Receiver(toPool, port1, () => {
      if (!this.again) this.listen();
    });
    // The thread keeps the process alive.
    port1.unref();
    this.receiver.sleep();
    this.nap = setTimeout(() => {
      this.napping = false;
      this.listen();
    }, NAP_MS);
    this.worker.on('error', (error) => (this.failure = error));
    this.worker.once('exit', (status) => this.exited(status));
  }

  /** To begin with at once: it has nothing else to do. */
  begin(invocation: Invocation): void {
    this.send(invocation, undefined);
  }

  /**
   * Whether another invocation may lie with it. Those that were taken back do so, too, until it comes to them; half of the
   * memory is left for the next that it is to begin with at once, so that this thread never waits for room.
   */
  get mayBeFollowed(): boolean {
    return !this.sender.isHalfFull;
  }

  /** To begin with after those that it has. */
  follow(invocation: Invocation): void {
    this.send(invocation, this.turns.give());
  }

  /** @returns how many of those that follow have not begun, and will not: the last ones */
  takeBack(): number {
    return this.turns.takeBack();
  }

  /** Takes what it has told, which mostly comes by itself. */
  listen(): void {
    this.take();
    // Code that writes without end must not keep this thread from all else.
    if (this.attention.isNeeded || !(this.napping ? this.receiver.nap() : this.receiver.sleep())) this.listenSoon();
  }

  async terminate(): Promise<void> {
    await this.worker.terminate();
  }

  private send(invocation: Invocation, batch: number | undefined): void {
    this.sender.send(invocationText(invocation, batch), true);
    if (this.attention.isNeeded) this.listenSoon();
    else this.rest();
  }

  private listenSoon(): void {
    this.receiver.stayAwake();
    this.again ??= setImmediate(() => {
      this.again = undefined;
      this.listen();
    });
  }

  /** Only its last answer need wake this thread for a while. */
  private rest(): void {
    if (this.napping) return;
    this.napping = true;
    this.receiver.nap();
    this.nap.refresh();
  }

  private take(): void {
    for (const text of this.receiver.take()) this.events.onTold(readTold(text));
  }

  private exited(status: number): void {
    clearTimeout(this.nap);
    this.take();
    this.events.onExit(status, this.failure);
  }
}
