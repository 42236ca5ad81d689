/** Makes lines of what an instance writes, piece by piece. */
export class Lines {
  private rest = '';

  /** @param onLine gets each line, without its end */
  constructor(private readonly onLine: (line: string) => void) {}

  write(text: string): void {
    const lines = (this.rest + text).split(/\r?\n/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.onLine(line);
  }

  /** What came after the last line's end is a line too. */
  end(): void {
    if (this.rest !== '') this.onLine(this.rest);
    this.rest = '';
  }
}
