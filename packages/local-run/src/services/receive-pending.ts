/** Reads messages of a port synchronously, before the event loop delivers them. */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';

/** Calls `handle` with each message that the port has received, in order. */
export function receivePending<Message>(port: MessagePort, handle: (message: Message) => void): void {
  for (;;) {
    const received = receiveMessageOnPort(port) as { readonly message: Message } | undefined;
    if (!received) return;
    handle(received.message);
  }
}
