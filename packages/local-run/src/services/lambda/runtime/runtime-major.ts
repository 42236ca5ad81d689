/** @returns the major version of the function's runtime, for example 22, not of this machine's Node.js; NaN if it is unknown */
export function runtimeMajor(): number {
  return Number(/nodejs(\d+)/.exec(process.env['AWS_EXECUTION_ENV'] ?? '')?.[1]);
}
