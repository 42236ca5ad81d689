/** Reads messages of a port synchronously, before the event loop delivers them. */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';

/** @returns the messages that the port has received but not delivered, in their order */
export function receivePending(port: MessagePort): unknown[] {
  const messages: unknown[] = [];
  for (;;) {
    const received = receiveMessageOnPort(port) as { readonly message: unknown } | undefined;
    if (!received) return messages;
    messages.push(received.message);
  }
}
