/**
 * Makes requests wait during a reload, so the first request after a save runs the saved code. Requests also wait until the start of
 * the run has ended.
 */
export class ReloadBarrier {
  private starting: Gate | undefined;
  private current: Gate | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** @param timeoutMs requests continue after this time, even if the reload has not ended */
  constructor(private readonly timeoutMs: number) {}

  /** A promise that resolves when requests may continue. Undefined while the barrier is open. */
  get waiting(): Promise<void> | undefined {
    return (this.starting ?? this.current)?.waiting;
  }

  /** Makes requests wait, without a timeout. @returns a function that lets them continue, unless a reload has begun */
  holdForStart(): () => void {
    const gate = createGate();
    this.starting = gate;
    return () => {
      this.starting = undefined;
      gate.open();
    };
  }

  /** Makes later requests wait. If the barrier is already closed, its timeout starts anew. */
  close(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), this.timeoutMs);
    this.current ??= createGate();
  }

  /** Ends a reload. */
  open(): void {
    clearTimeout(this.timer);
    this.current?.open();
    this.current = undefined;
  }
}

interface Gate {
  readonly waiting: Promise<void>;
  readonly open: () => void;
}

function createGate(): Gate {
  let open: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => (open = resolve));
  return { waiting, open };
}
