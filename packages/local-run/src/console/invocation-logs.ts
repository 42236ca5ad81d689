/** Keeps the log lines of recent invocations, within limits: a function may log endlessly. */

/** More than the history's MAX_REQUESTS, because log lines can arrive before the history gets their request. */
const MAX_INVOCATIONS = 500;

const MAX_LINES = 200;
export const MAX_LINE_CHARACTERS = 16 * 1024;
/** Maximum of all lines of an invocation together. */
const MAX_CHARACTERS = 64 * 1024;

export const MORE_LINES = '... (the function logged more, which the console page does not keep)';

/** The log lines of one invocation. */
export class InvocationLog {
  readonly lines: string[] = [];
  private characters = 0;
  private full = false;

  /** @returns whether `lines` changed */
  add(line: string): boolean {
    if (this.full) return false;
    const truncated = truncate(line);
    this.characters += truncated.length;
    this.full = this.lines.length >= MAX_LINES || this.characters > MAX_CHARACTERS;
    this.lines.push(this.full ? MORE_LINES : truncated);
    return true;
  }
}

export class InvocationLogs {
  private readonly logs = new Map<string, InvocationLog>();

  /** Returns the log of an invocation. Creates the log if it does not exist. */
  getOrCreate(invocationId: string): InvocationLog {
    const known = this.logs.get(invocationId);
    if (known) return known;
    const log = new InvocationLog();
    this.logs.set(invocationId, log);
    if (this.logs.size > MAX_INVOCATIONS) {
      const [oldest = ''] = this.logs.keys();
      this.logs.delete(oldest);
    }
    return log;
  }
}

/**
 * Limits a text to MAX_LINE_CHARACTERS and copies the text. In V8, a slice keeps the whole original text in memory. A log
 * line is a slice of a larger output.
 */
export function truncate(text: string): string {
  const extra = text.length - MAX_LINE_CHARACTERS;
  const copy = Buffer.from(extra > 0 ? text.slice(0, MAX_LINE_CHARACTERS) : text).toString();
  return extra > 0 ? `${copy} ... (${extra} more characters)` : copy;
}
