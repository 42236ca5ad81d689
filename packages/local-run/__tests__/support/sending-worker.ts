/** Sends numbered texts to another thread, some of them long, as fast as it can. */
import { type MessagePort, workerData } from 'node:worker_threads';
import { Sender, type Way } from '../../src/services/lambda/mail';

const { way, port, count } = workerData as { way: Way; port: MessagePort; count: number };
const sender = new Sender(way, port);
for (let index = 0; index < count; index += 1) {
  sender.send(`${index} ${'x'.repeat(index % 1000 === 0 ? 20_000 : index % 50)}`, index % 3 === 0);
}
