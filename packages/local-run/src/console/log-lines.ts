/** The lines that the console page keeps of an invocation: a function that logs without end must not fill the memory. */

const MOST_LINES = 200;

/** Of a line: what comes after is cut. */
export const MOST_LINE_CHARACTERS = 16 * 1024;

/** Of all lines of an invocation. */
const MOST_CHARACTERS = 64 * 1024;

export const MORE_LINES = '... (the function logged more, which the console page does not keep)';

export class LogLines {
  readonly lines: string[] = [];
  private characters = 0;
  private full = false;

  /** @returns whether it changed anything */
  add(line: string): boolean {
    if (this.full) return false;
    const shown = cutShort(line);
    this.characters += shown.length;
    this.full = this.lines.length >= MOST_LINES || this.characters > MOST_CHARACTERS;
    this.lines.push(this.full ? MORE_LINES : shown);
    return true;
  }
}

/** A copy: V8's slices of a text keep all of it in memory, and a line is one of all that was written with it. */
export function cutShort(text: string): string {
  const cut = text.length - MOST_LINE_CHARACTERS;
  const kept = Buffer.from(cut > 0 ? text.slice(0, MOST_LINE_CHARACTERS) : text).toString();
  return cut > 0 ? `${kept} ... (${cut} more characters)` : kept;
}
