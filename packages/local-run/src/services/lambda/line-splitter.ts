/** Splits the output of an instance into lines. The output arrives in pieces of any length. */

/** CloudWatch Logs accepts events up to 1 MB (CloudWatch Logs quotas). Longer lines are split. */
const MAX_LINE_CHARACTERS = 1024 * 1024;

export class LineSplitter {
  private rest = '';
  private requestId: string | undefined;

  /** @param onLine called with each line without its line break, and with the id of the request that wrote its end */
  constructor(private readonly onLine: (line: string, requestId: string | undefined) => void) {}

  write(text: string, requestId?: string): void {
    this.requestId = requestId;
    // A piece without a line break is only appended. Splitting a long line after each piece would take quadratic time.
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

  /** Emits the full pieces of a line that is too long. @returns the last piece, or the whole line if it is short enough */
  private emitFullPieces(line: string): string {
    let start = 0;
    for (; line.length - start > MAX_LINE_CHARACTERS; start += MAX_LINE_CHARACTERS) {
      this.onLine(line.slice(start, start + MAX_LINE_CHARACTERS), this.requestId);
    }
    return start === 0 ? line : line.slice(start);
  }
}
