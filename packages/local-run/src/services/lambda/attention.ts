/** Whether the gateway's thread stays awake for an answer, and for the request that follows it. */
import { cores } from './cores';

/**
 * A request that comes so soon, in ms, after an answer comes from a caller who sends one after the other without a pause. After
 * a pause it would do harm: the other threads sleep by then, and take longer to wake beside one that is busy.
 */
const SOON_MS = 1;

/**
 * For so long, in ms, after such a request. To wake this thread, and the others on cores where they run cold, takes a fifth of
 * the time of a quick answer. What waits for longer need not have a core look out for it.
 */
const AWAKE_MS = cores() > 1 ? 3 : 0;

/** One for all functions of a run, as they share the cores. */
export class Attention {
  private underWay = 0;
  private lastEnded = Number.NEGATIVE_INFINITY;
  private until = 0;

  /** An invocation is asked for. */
  begin(): void {
    this.underWay += 1;
    const now = performance.now();
    this.until = this.underWay === 1 && now - this.lastEnded < SOON_MS ? now + AWAKE_MS : 0;
  }

  /** One that was asked for has its answer. */
  end(): void {
    this.underWay -= 1;
    this.lastEnded = performance.now();
  }

  /** Whether it stays awake; while no more than one invocation is under way, a core is free for that. */
  get isNeeded(): boolean {
    return this.until > 0 && this.underWay <= 1 && performance.now() < this.until;
  }
}
