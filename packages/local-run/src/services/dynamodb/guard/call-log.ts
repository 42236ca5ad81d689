/** The calls to DynamoDB that the guard reports, sorted by the execution environment that made them. */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { DynamodbCall } from '../../../model/dynamodb-call';

export class CallLog {
  /** Calls that were not taken yet, by access key id. */
  private readonly calls = new Map<string, DynamodbCall[]>();

  /**
   * @param port receives each call from the guard's thread
   * @param onCall called with each call
   */
  constructor(
    private readonly port: MessagePort,
    private readonly onCall: (call: DynamodbCall) => void,
  ) {
    port.on('message', (call: DynamodbCall) => this.add(call));
    // This port alone must not keep the process alive.
    port.unref();
  }

  /**
   * Takes the calls of an execution environment since they were last taken. The guard reports a call before it sends the
   * response. So the calls that a finished invocation has awaited were received already, or wait in the port.
   */
  take(accessKeyId: string): readonly DynamodbCall[] {
    this.receivePending();
    const calls = this.calls.get(accessKeyId) ?? [];
    this.calls.delete(accessKeyId);
    return calls;
  }

  private receivePending(): void {
    for (;;) {
      const received = receiveMessageOnPort(this.port) as { readonly message: DynamodbCall } | undefined;
      if (!received) return;
      this.add(received.message);
    }
  }

  private add(call: DynamodbCall): void {
    if (call.accessKeyId !== '') {
      const calls = this.calls.get(call.accessKeyId);
      if (calls) calls.push(call);
      else this.calls.set(call.accessKeyId, [call]);
    }
    this.onCall(call);
  }
}
