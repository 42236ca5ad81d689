/** Collects the calls to DynamoDB that the guard reports, for each execution environment separately. */
import type { MessagePort } from 'node:worker_threads';
import type { DynamodbCall } from '../../../model/dynamodb-call';
import { receivePending } from '../../receive-pending';

export class CallLog {
  /** Calls that `take` has not returned yet, by access key id. */
  private readonly calls = new Map<string, DynamodbCall[]>();

  /**
   * @param port receives each call from the guard's thread
   * @param onCall called with each call, also of unknown callers
   */
  constructor(
    private readonly port: MessagePort,
    private readonly onCall: (call: DynamodbCall) => void,
  ) {
    port.on('message', (call: DynamodbCall) => this.add(call));
    // The port must not keep the process alive.
    port.unref();
  }

  /**
   * Returns the calls of an execution environment since the previous `take`, and forgets them. Includes all calls that a
   * finished invocation awaited: the guard sends the report of a call before the response, so the port has received it.
   */
  take(accessKeyId: string): readonly DynamodbCall[] {
    for (const call of receivePending(this.port)) this.add(call as DynamodbCall);
    const calls = this.calls.get(accessKeyId) ?? [];
    this.calls.delete(accessKeyId);
    return calls;
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
