/** `--inspect`: lets a debugger attach to the functions. */
import inspector from 'node:inspector';
import type { Cleanups } from './start-steps';

/** The port of the inspector is taken. */
export class InspectorPortError extends Error {
  override readonly name = 'InspectorPortError';
}

/**
 * Starts the inspector of this process on 127.0.0.1. Debuggers reach all instances through it: each instance is a worker thread
 * (Node.js documentation, "Inspector"; protocol domain NodeWorker). Keeps an inspector that a debugger has already started.
 * @param port 0: any free port
 * @returns the URL for debuggers: `ws://127.0.0.1:9229/9f6c...`
 * @throws InspectorPortError when the port is taken
 */
export function openInspector(port: number, cleanups: Cleanups): string {
  if (inspector.url() === undefined) {
    inspector.open(port, '127.0.0.1');
    cleanups.push(() => inspector.close());
  }
  const url = inspector.url();
  // For a taken port, Node.js prints an error and throws nothing.
  if (url !== undefined) return url;
  throw new InspectorPortError(
    `Port ${port} is taken, so no debugger can attach. End the other process, or pass another --inspect-port.`,
  );
}
