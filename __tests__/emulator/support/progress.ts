/** Lines of progress, past Jest, which would keep them until the end and wrap each in four of its own. */

const began = performance.now();

export function progress(text: string): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(0).padStart(4);
  process.stderr.write(`${seconds} s  ${text}\n`);
}
