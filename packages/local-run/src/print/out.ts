/**
 * Lines for stdout and stderr. A write is a call of the system, which under load takes as long as making the answer that it
 * tells of; so lines that come soon after others go out together.
 */

/** For how long after a write lines are gathered for the next one, in ms. The first line after a pause goes out at once. */
const TOGETHER_MS = 10;

const waiting: string[] = [];
let last = -TOGETHER_MS;

/** Prints a line, or some, on stdout: at the end of this turn of the event loop, or with others a little later. */
export function printLine(text: string): void {
  if (waiting.push(text) > 1) return;
  if (performance.now() - last >= TOGETHER_MS) setImmediate(flush);
  // A run that ends flushes; nothing else has to wait for it.
  else setTimeout(flush, TOGETHER_MS).unref();
}

/** Prints on stderr, at once and after all that went before. */
export function printError(text: string): void {
  flush();
  process.stderr.write(`${text}\n`);
}

function flush(): void {
  if (waiting.length === 0) return;
  last = performance.now();
  process.stdout.write(`${waiting.splice(0).join('\n')}\n`);
}

process.on('exit', flush);
