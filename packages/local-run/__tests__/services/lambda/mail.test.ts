/** Texts between two threads, of which each sleeps when it has nothing to do. */
import { once } from 'node:events';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { newWay, Receiver, Sender } from '../../../src/services/lambda/mail';
import { bundleOf } from '../../../../../cache/bundle.cjs';

const tick = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('in one thread', () => {
  let ports: readonly MessagePort[];
  let wakes: number;
  let sender: Sender;
  let receiver: Receiver;

  beforeEach(() => {
    const { port1, port2 } = new MessageChannel();
    const way = newWay();
    ports = [port1, port2];
    wakes = 0;
    sender = new Sender(way, port1);
    receiver = new Receiver(way, port2, () => (wakes += 1));
  });
  afterEach(() => {
    for (const port of ports) port.close();
  });

  test('a receiver that sleeps is woken, once', async () => {
    expect(receiver.sleep()).toBe(true);
    for (const text of ['a', 'b', 'c']) sender.send(text, false);
    await tick();
    expect([wakes, receiver.take()]).toEqual([1, ['a', 'b', 'c']]);
    sender.send('d', true);
    await tick();
    expect([wakes, receiver.sleep()]).toEqual([1, false]);
  });

  test('one that naps is woken by what is urgent', async () => {
    expect(receiver.nap()).toBe(true);
    sender.send('a', false);
    await tick();
    expect(wakes).toBe(0);
    sender.send('b', true);
    await tick();
    expect([wakes, receiver.take()]).toEqual([1, ['a', 'b']]);
  });

  test('one that stays awake is not woken, and is told before it sleeps', async () => {
    receiver.sleep();
    receiver.stayAwake();
    sender.send('a', true);
    await tick();
    expect([wakes, receiver.sleep(), receiver.take()]).toEqual([0, false, ['a']]);
  });

  test('long ones, and empty ones, keep their place', () => {
    const long = 'ü'.repeat(2_000_000);
    const texts = ['a', long, '', 'b', `${long}2`, 'x'.repeat(8 * 1024), '€'.repeat(8 * 1024), ''];
    for (const text of texts) sender.send(text, true);
    expect(receiver.take()).toEqual(texts);
  });

  test('a sender knows when half of the memory is taken', () => {
    const text = 'x'.repeat(8 * 1024 - 4);
    for (let count = 0; count < 16; count += 1) {
      expect(sender.isHalfFull).toBe(false);
      sender.send(text, false);
    }
    sender.send('x', false);
    expect(sender.isHalfFull).toBe(true);
    receiver.take();
    expect(sender.isHalfFull).toBe(false);
  });
});

test('a thread sends more than there is room for, and waits; nothing is lost, in whatever way this one rests', async () => {
  const COUNT = 100_000;
  const { port1, port2 } = new MessageChannel();
  const way = newWay();
  const taken: string[] = [];
  let turn = 0;
  const listen = () => {
    do taken.push(...receiver.take());
    while (!((turn += 1) % 3 === 0 ? receiver.nap() : receiver.sleep()));
  };
  const receiver = new Receiver(way, port1, listen);
  listen();
  const source = bundleOf(require.resolve('../../support/sending-worker.ts'));
  const worker = new Worker(source, {
    eval: true,
    workerData: { way, port: port2, count: COUNT },
    transferList: [port2],
  });
  const timer = setInterval(listen, 2);
  await once(worker, 'exit');
  listen();
  clearInterval(timer);
  port1.close();
  expect(taken).toHaveLength(COUNT);
  expect(
    taken.findIndex((text, index) => text !== `${index} ${'x'.repeat(index % 1000 === 0 ? 20_000 : index % 50)}`),
  ).toBe(-1);
}, 60_000);
