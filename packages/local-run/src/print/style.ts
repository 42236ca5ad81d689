/** Colours of text on a terminal, and the indent. Without a terminal, or with NO_COLOR (https://no-color.org), text stays plain. */

const colored = process.stdout.isTTY && !process.env['NO_COLOR'];

const paint = (code: number) => (text: string) => (colored ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);
export const yellow = paint(33);
export const cyan = paint(36);

/** Aligns continuation lines with the second column of a line that begins with the time. */
export const INDENT = ' '.repeat(9);
