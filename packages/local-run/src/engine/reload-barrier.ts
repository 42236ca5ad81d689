/** Makes requests wait during a reload, so the first request after a save runs the saved code. */
export class ReloadBarrier {
  private current: { readonly waiting: Promise<void>; readonly open: () => void } | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** @param timeoutMs requests continue after this time, even if the reload has not ended */
  constructor(private readonly timeoutMs: number) {}

  /** A promise that resolves when requests may continue. Undefined while the barrier is open. */
  get waiting(): Promise<void> | undefined {
    return this.current?.waiting;
  }

  /** Makes later requests wait. If the barrier is already closed, its timeout starts anew. */
  close(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), this.timeoutMs);
    if (this.current) return;
    let open: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (open = resolve));
    this.current = { waiting, open };
  }

  /** Lets all requests continue. */
  open(): void {
    clearTimeout(this.timer);
    this.current?.open();
    this.current = undefined;
  }
}
