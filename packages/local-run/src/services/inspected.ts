/** The inspector of this process, through which a debugger can pause functions. */
import inspector from 'node:inspector';

/**
 * With an inspector, functions and integrations have no timeouts: a breakpoint must not end the invocation that it pauses. Counts
 * an inspector of `--inspect`, and one that an editor opened.
 */
export function isInspected(): boolean {
  return inspector.url() !== undefined;
}

/** A debugger reads the source map of a loaded module before it sets breakpoints there. Takes up to 0.5 s on a busy machine. */
const BREAKPOINTS_TIMEOUT_MS = 1000;

/** Calls back when a debugger had time to set its breakpoints in a module that has just been loaded. */
export function afterBreakpoints(callback: () => void): void {
  if (isInspected()) setTimeout(callback, BREAKPOINTS_TIMEOUT_MS);
  else callback();
}

/**
 * Resumes paused worker threads, now and at each later pause. Node.js cannot end a paused thread, and a worker thread keeps its
 * breakpoints after the debugger has detached.
 * @returns a function that stops resuming threads
 */
export function resumePausedThreads(): () => void {
  if (!isInspected()) return () => undefined;
  const session = new inspector.Session();
  session.connect();
  const send = (sessionId: string, method: string) =>
    session.post('NodeWorker.sendMessageToWorker', { sessionId, message: JSON.stringify({ id: 1, method }) });
  session.on('NodeWorker.attachedToWorker', ({ params: { sessionId } }) => send(sessionId, 'Debugger.enable'));
  session.on('NodeWorker.receivedMessageFromWorker', ({ params: { sessionId, message } }) => {
    const { method } = JSON.parse(message) as { readonly method?: string };
    if (method === 'Debugger.paused') send(sessionId, 'Debugger.resume');
  });
  session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  return () => session.disconnect();
}
