/** The calls that the guard reports, by the instance that made them. */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { DynamodbCall } from './call';

export class CallLog {
  private readonly calls = new Map<string, DynamodbCall[]>();

  /**
   * @param port where the guard's thread reports to
   * @param onCall gets each call
   */
  constructor(
    private readonly port: MessagePort,
    private readonly onCall: (call: DynamodbCall) => void,
  ) {
    port.on('message', (call: DynamodbCall) => this.add(call));
    // It alone keeps no process alive.
    port.unref();
  }

  /**
   * The calls of an instance since they were last taken. The guard reports a call before it answers it, so that all
   * calls that a finished invocation has waited for are here, or on their way: these are fetched.
   */
  take(accessKeyId: string): readonly DynamodbCall[] {
    for (;;) {
      const received = receiveMessageOnPort(this.port) as { readonly message: DynamodbCall } | undefined;
      if (!received) break;
      this.add(received.message);
    }
    const taken = this.calls.get(accessKeyId) ?? [];
    this.calls.delete(accessKeyId);
    return taken;
  }

  private add(call: DynamodbCall): void {
    if (call.accessKeyId !== '') {
      const own = this.calls.get(call.accessKeyId);
      if (own) own.push(call);
      else this.calls.set(call.accessKeyId, [call]);
    }
    this.onCall(call);
  }
}
