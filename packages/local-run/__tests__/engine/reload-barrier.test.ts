import { setTimeout } from 'node:timers/promises';
import { ReloadBarrier } from '../../src/engine/reload-barrier';

test('requests wait until the barrier opens, also when it is closed twice', async () => {
  const barrier = new ReloadBarrier(60_000);
  expect(barrier.waiting).toBeUndefined();
  barrier.close();
  const { waiting } = barrier;
  barrier.close();
  expect(barrier.waiting).toBe(waiting);
  barrier.open();
  await waiting;
  expect(barrier.waiting).toBeUndefined();
  barrier.open();
});

test('a barrier that closes right after it opened stays closed', async () => {
  const barrier = new ReloadBarrier(60_000);
  barrier.close();
  barrier.open();
  barrier.close();
  await setTimeout(5);
  expect(barrier.waiting).toBeDefined();
  barrier.open();
  await setTimeout(5);
  expect(barrier.waiting).toBeUndefined();
});

test('opens after its timeout, every time it is closed', async () => {
  const barrier = new ReloadBarrier(30);
  for (let count = 0; count < 2; count += 1) {
    const start = performance.now();
    barrier.close();
    await barrier.waiting;
    expect(performance.now() - start).toBeGreaterThan(28);
    expect(barrier.waiting).toBeUndefined();
  }
});

test('closing a closed barrier restarts its timeout', async () => {
  const barrier = new ReloadBarrier(300);
  const start = performance.now();
  barrier.close();
  const { waiting } = barrier;
  await setTimeout(200);
  barrier.close();
  expect(barrier.waiting).toBe(waiting);
  await waiting;
  expect(performance.now() - start).toBeGreaterThan(490);
});

test('requests wait until the start has ended, and then for a reload that began in between', async () => {
  const barrier = new ReloadBarrier(60_000);
  const endStart = barrier.holdForStart();
  const { waiting } = barrier;
  barrier.close();
  expect(barrier.waiting).toBe(waiting);
  endStart();
  await waiting;
  expect(barrier.waiting).toBeDefined();
  barrier.open();
  expect(barrier.waiting).toBeUndefined();
});
