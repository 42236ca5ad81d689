/** Makes lines of what an instance writes, piece by piece. */

/** A line that is longer goes on in another one: CloudWatch takes 1 MB an event (CloudWatch Logs quotas), and memory has an end. */
const MOST_CHARACTERS = 1024 * 1024;

export class Lines {
  private rest = '';

  /** @param onLine gets each line, without its end */
  constructor(private readonly onLine: (line: string) => void) {}

  write(text: string): void {
    // A long line comes in many pieces, each of which would be looked through with all before it.
    if (!text.includes('\n') && this.rest.length + text.length <= MOST_CHARACTERS) {
      this.rest += text;
      return;
    }
    // As loggers write: a line at a time.
    if (this.rest === '' && text.indexOf('\n') === text.length - 1 && text.length <= MOST_CHARACTERS) {
      this.onLine(text.slice(0, text.endsWith('\r\n') ? -2 : -1));
      return;
    }
    const lines = (this.rest + text).split(/\r?\n/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.onLine(this.firstPieces(line));
    this.rest = this.firstPieces(this.rest);
  }

  /** What came after the last line's end is a line too. */
  end(): void {
    if (this.rest !== '') this.onLine(this.rest);
    this.rest = '';
  }

  /** Passes on all but the last piece of a line that is too long. */
  private firstPieces(line: string): string {
    let start = 0;
    for (; line.length - start > MOST_CHARACTERS; start += MOST_CHARACTERS) {
      this.onLine(line.slice(start, start + MOST_CHARACTERS));
    }
    return start === 0 ? line : line.slice(start);
  }
}
