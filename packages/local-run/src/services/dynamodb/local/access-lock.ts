/** Lets a transaction wait until no other call is pending, and lets other calls wait for the transaction. */

type Release = () => void;

interface Waiting {
  readonly kind: 'shared' | 'exclusive';
  readonly start: (release: Release) => void;
}

export class AccessLock {
  private sharedCount = 0;
  private hasExclusive = false;
  private readonly waiting: Waiting[] = [];

  /** Starts an ordinary call: immediately, unless a transaction is pending. `start` must call `release` when the call ends. */
  shared(start: (release: Release) => void): void {
    this.enter({ kind: 'shared', start });
  }

  /** Runs a transaction when all calls have ended that started before it. */
  exclusive<T>(run: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const start = (release: Release) => void run().then(resolve, reject).finally(release);
      this.enter({ kind: 'exclusive', start });
    });
  }

  private enter(call: Waiting): void {
    this.waiting.push(call);
    this.startWaiting();
  }

  private startWaiting(): void {
    for (let next = this.waiting[0]; next && this.canStart(next); next = this.waiting[0]) {
      this.waiting.shift();
      const { kind, start } = next;
      if (kind === 'shared') this.sharedCount += 1;
      else this.hasExclusive = true;
      let isReleased = false;
      start(() => {
        if (isReleased) return;
        isReleased = true;
        if (kind === 'shared') this.sharedCount -= 1;
        else this.hasExclusive = false;
        this.startWaiting();
      });
    }
  }

  private canStart({ kind }: Waiting): boolean {
    return !this.hasExclusive && (kind === 'shared' || this.sharedCount === 0);
  }
}
