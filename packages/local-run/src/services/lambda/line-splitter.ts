/** Splits the output of an instance into lines. The output arrives in pieces of any length. */

/** CloudWatch Logs takes at most 1 MB an event (CloudWatch Logs quotas). Longer lines are split. */
const MAX_LINE_CHARACTERS = 1024 * 1024;

export class LineSplitter {
  private rest = '';
  private requestId: string | undefined;

  /** @param onLine receives each line without its line break, and the invocation that wrote its last piece */
  constructor(private readonly onLine: (line: string, requestId: string | undefined) => void) {}

  write(text: string, requestId?: string): void {
    this.requestId = requestId;
    // A long line arrives in many pieces. Splitting at each of them would take quadratic time.
    if (!text.includes('\n') && this.rest.length + text.length <= MAX_LINE_CHARACTERS) {
      this.rest += text;
      return;
    }
    const lines = (this.rest + text).split(/\r?\n/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.onLine(this.emitFullPieces(line), requestId);
    this.rest = this.emitFullPieces(this.rest);
  }

  /** Emits the text after the last line break. */
  end(): void {
    if (this.rest !== '') this.onLine(this.rest, this.requestId);
    this.rest = '';
  }

  /** @returns the last piece of a line that is too long; the pieces before it are emitted */
  private emitFullPieces(line: string): string {
    let start = 0;
    for (; line.length - start > MAX_LINE_CHARACTERS; start += MAX_LINE_CHARACTERS) {
      this.onLine(line.slice(start, start + MAX_LINE_CHARACTERS), this.requestId);
    }
    return start === 0 ? line : line.slice(start);
  }
}
