/** What holds requests while stacks are reloaded. */
import { setTimeout } from 'node:timers/promises';
import { Gate, Hold } from '../../src/engine/gate';
import type { Gateway, Outcome } from '../../src/services/api-gateway/integration';
import type { GatewayRequest } from '../../src/services/api-gateway/request';
import { Traces } from '../../src/engine/trace';

const request = { requestId: 'a' } as Omit<GatewayRequest, 'body'>;

/** Answers with its name. */
function gateway(name: string, answers: () => Promise<void> = () => Promise.resolve()): Gateway {
  return {
    requestIdHeader: `x-${name}`,
    newRequestId: () => name,
    handle: async () => {
      await answers();
      return { response: { status: 200, headers: [], body: Buffer.from(name) } };
    },
  };
}

const bodyOf = async (outcome: Promise<Outcome>) => (await outcome).response.body.toString();
const gate = (hold: Hold, first = gateway('first')) => new Gate(first, { stack: 's', api: 'a' }, hold, new Traces());

test('a hold lasts until it is ended; a second beginning changes nothing', async () => {
  const hold = new Hold(60_000);
  expect(hold.waiting).toBeUndefined();
  hold.begin();
  const { waiting } = hold;
  hold.begin();
  expect(hold.waiting).toBe(waiting);
  hold.end();
  await waiting;
  expect(hold.waiting).toBeUndefined();
  hold.end();
});

test('one that is begun right after the end of another holds', async () => {
  const hold = new Hold(60_000);
  hold.begin();
  hold.end();
  hold.begin();
  await setTimeout(5);
  expect(hold.waiting).toBeDefined();
  hold.end();
  await setTimeout(5);
  expect(hold.waiting).toBeUndefined();
});

test('after its most it ends by itself, and another one lasts as long', async () => {
  const hold = new Hold(30);
  for (let n = 0; n < 2; n += 1) {
    const began = performance.now();
    hold.begin();
    await hold.waiting;
    expect(performance.now() - began).toBeGreaterThan(28);
    expect(hold.waiting).toBeUndefined();
  }
});

test('a held request is answered by the gateway that leads then, and tells how long it waited', async () => {
  const hold = new Hold(60_000);
  const held = gate(hold);
  expect(await bodyOf(held.handle(request, undefined))).toBe('first');
  hold.begin();
  const answer = held.handle(request, undefined);
  held.lead(gateway('second'));
  await setTimeout(20);
  hold.end();
  expect(await bodyOf(answer)).toBe('second');
  expect((await answer).trace?.heldMs).toBeGreaterThan(18);
  expect((await held.handle(request, undefined)).trace?.heldMs).toBe(0);
  expect(held.requestIdHeader).toBe('x-second');
});

test('a gate closes when all under way is answered; later requests are told so, held ones too', async () => {
  const hold = new Hold(60_000);
  const answers: (() => void)[] = [];
  const slow = gate(
    hold,
    gateway('first', () => new Promise((resolve) => void answers.push(resolve))),
  );
  const before = slow.handle(request, undefined);
  await setTimeout(1);
  hold.begin();
  const heldOne = slow.handle(request, undefined);
  let closed = false;
  const closing = slow.close().then(() => (closed = true));
  hold.end();
  expect((await heldOne).response.status).toBe(404);
  expect(closed).toBe(false);
  answers[0]?.();
  await closing;
  expect(await bodyOf(before)).toBe('first');
  expect((await slow.handle(request, undefined)).response.status).toBe(404);
});
