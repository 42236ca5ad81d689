/**
 * Writes lines to stdout and stderr. Under load, it writes several lines with one system call: a system call takes as long as
 * handling a request.
 */

/** Lines within this time after a write are written together. The first line after a pause is written immediately. */
const BATCH_MS = 10;

const pendingLines: string[] = [];
let lastWrite = -BATCH_MS;

/** Prints one or more lines on stdout, at the end of this turn of the event loop or a few milliseconds later. */
export function printLine(text: string): void {
  if (pendingLines.push(text) > 1) return;
  if (performance.now() - lastWrite >= BATCH_MS) setImmediate(flush);
  // The timer must not keep the process alive: the exit handler flushes.
  else setTimeout(flush, BATCH_MS).unref();
}

/** Prints on stderr immediately, after all earlier lines of stdout. */
export function printError(text: string): void {
  flush();
  process.stderr.write(`${text}\n`);
}

function flush(): void {
  if (pendingLines.length === 0) return;
  lastWrite = performance.now();
  process.stdout.write(`${pendingLines.splice(0).join('\n')}\n`);
}

process.on('exit', flush);
