/**
 * Texts between two threads, each way in shared memory: the other thread need only be woken where it sleeps, and takes all
 * that has come meanwhile. A message for each would wake it for each, which costs more than most invocations do.
 */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { SharedTexts } from './shared-texts';

/** One way. The port carries what wakes the receiver, and what is long. */
export interface Way {
  readonly texts: SharedArrayBuffer;
  /** An Int32: what the receiver does, AWAKE, ASLEEP or NAPPING. */
  readonly state: SharedArrayBuffer;
}

/** It looks for texts before it sleeps. */
const AWAKE = 0;
/** Every text is to wake it. */
const ASLEEP = 1;
/** It will soon look by itself: only what is urgent is to wake it. */
const NAPPING = 2;

/** What wakes. */
const WAKE = null;
/** In the place of a text that comes by the port. */
const BY_PORT = '';
/** Characters; each takes three bytes at most. */
const MOST_SHARED = 8 * 1024;

export function newWay(): Way {
  return { texts: new SharedTexts().shared, state: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT) };
}

export class Sender {
  private readonly texts: SharedTexts;
  private readonly state: Int32Array;

  constructor(
    { texts, state }: Way,
    private readonly port: MessagePort,
  ) {
    this.texts = new SharedTexts(texts);
    this.state = new Int32Array(state);
  }

  /** Whether what is sent may have to wait for what was sent before. */
  get isHalfFull(): boolean {
    return this.texts.isHalfFull;
  }

  /** @param urgent whether it is to wake a receiver that naps */
  send(text: string, urgent: boolean): void {
    const wakeAny = () => this.wake(true);
    if (text.length > MOST_SHARED || text === BY_PORT) {
      this.port.postMessage(text);
      this.texts.addWaiting(BY_PORT, wakeAny);
    } else this.texts.addWaiting(text, wakeAny);
    this.wake(urgent);
  }

  private wake(urgent: boolean): void {
    const state = Atomics.load(this.state, 0);
    if (state === AWAKE || (state === NAPPING && !urgent)) return;
    if (Atomics.exchange(this.state, 0, AWAKE) !== AWAKE) this.port.postMessage(WAKE);
  }
}

export class Receiver {
  private readonly texts: SharedTexts;
  private readonly state: Int32Array;
  /** Long ones that have come, and whose place has not. */
  private readonly long: string[] = [];

  /** @param onWake called when something may have come; before it sleeps again, it must be told to rest */
  constructor(
    { texts, state }: Way,
    private readonly port: MessagePort,
    onWake: () => void,
  ) {
    this.texts = new SharedTexts(texts);
    this.state = new Int32Array(state);
    port.on('message', (message: string | typeof WAKE) => {
      if (message === WAKE) onWake();
      else this.long.push(message);
    });
  }

  /** All that has come, the oldest first. */
  take(): string[] {
    const texts = this.texts.take();
    return texts.includes(BY_PORT) ? texts.map((text) => (text === BY_PORT ? this.takeLong() : text)) : texts;
  }

  /** The next text is to wake it. @returns false: something has come, take it first */
  sleep(): boolean {
    return this.rest(ASLEEP);
  }

  /** It will take what comes by itself, soon, and only what is urgent is to wake it. @returns false: something has come */
  nap(): boolean {
    return this.rest(NAPPING);
  }

  /** It will look in the next turn of its event loop, and nothing need wake it. */
  stayAwake(): void {
    Atomics.store(this.state, 0, AWAKE);
  }

  private rest(state: number): boolean {
    Atomics.store(this.state, 0, state);
    return this.texts.isEmpty;
  }

  /** Whoever sends one puts it into the port first. */
  private takeLong(): string {
    for (let text = this.long.shift(); ;) {
      if (text !== undefined) return text;
      const { message } = receiveMessageOnPort(this.port) as { readonly message: string | typeof WAKE };
      if (message !== WAKE) text = message;
    }
  }
}
