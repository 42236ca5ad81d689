/** Whether a debugger can pause the functions of this process. */
import inspector from 'node:inspector';

/**
 * With an inspector, functions and integrations have no timeouts: a breakpoint must not end the invocation that it pauses. Counts
 * an inspector of `--inspect`, and one that an editor opened.
 */
export function isInspected(): boolean {
  return inspector.url() !== undefined;
}
