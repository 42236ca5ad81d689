/** Makes requests wait during a reload, so the first request after a save runs the saved code. */
export class ReloadBarrier {
  private current: { readonly waiting: Promise<void>; readonly open: () => void } | undefined;

  /** @param timeoutMs requests continue after this time, even if the reload has not ended */
  constructor(private readonly timeoutMs: number) {}

  /** A promise that resolves when requests may continue. Undefined while the barrier is open. */
  get waiting(): Promise<void> | undefined {
    return this.current?.waiting;
  }

  /** Makes later requests wait. Does nothing if the barrier is already closed. */
  close(): void {
    if (this.current) return;
    const timer = setTimeout(() => this.open(), this.timeoutMs);
    let resolve: () => void = () => undefined;
    const waiting = new Promise<void>((resolved) => (resolve = resolved));
    const open = () => {
      clearTimeout(timer);
      resolve();
    };
    this.current = { waiting, open };
  }

  /** Lets all requests continue. */
  open(): void {
    this.current?.open();
    this.current = undefined;
  }
}
