/** Lets requests wait while stacks are reloaded: the first request after a save is answered by what was saved. */
export class ReloadBarrier {
  private current: { readonly waiting: Promise<void>; readonly open: () => void } | undefined;

  /** @param timeoutMs after which requests go on although the reload has not ended */
  constructor(private readonly timeoutMs: number) {}

  /** Settles when requests may go on. @returns undefined when they need not wait */
  get waiting(): Promise<void> | undefined {
    return this.current?.waiting;
  }

  /** From here on requests wait. Does nothing when they wait already. */
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

  open(): void {
    this.current?.open();
    this.current = undefined;
  }
}
