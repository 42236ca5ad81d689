/** Texts in memory that two threads share. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { SharedTexts } from '../../../src/services/lambda/shared-texts';
import { bundleOf } from '../../../../../cache/bundle.cjs';

test('what was added is taken, once and in order, whatever its length', () => {
  const texts = new SharedTexts();
  const other = new SharedTexts(texts.shared);
  const waiting: string[] = [];
  let full = 0;
  let seed = 1;
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 20_000; round += 1) {
    const text = ['', 'x', 'ü€😀', '\u0000'][random(4)]?.repeat(random(round % 100 === 0 ? 60_000 : 200)) ?? '';
    if (texts.add(text)) waiting.push(text);
    else full += 1;
    if (random(50) === 0) expect(other.take()).toEqual(waiting.splice(0));
    expect(other.isEmpty).toBe(waiting.length === 0);
  }
  expect(other.take()).toEqual(waiting);
  expect(full).toBeGreaterThan(10);
});

test('what does not fit is refused, and fits when there is room', () => {
  const texts = new SharedTexts();
  const half = 'x'.repeat(128 * 1024 - 16);
  expect([texts.add(half), texts.add(half), texts.add('x'), texts.add('y'.repeat(20))]).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(texts.take()).toEqual([half, half, 'x']);
  expect(texts.add(half)).toBe(true);
  expect(texts.take()).toEqual([half]);
  expect(texts.add('x'.repeat(300 * 1024))).toBe(false);
});

test('a thread adds while this one takes', async () => {
  const texts = new SharedTexts();
  const source = bundleOf(require.resolve('../../support/adding-worker.ts'));
  const worker = new Worker(source, { eval: true, workerData: { shared: texts.shared, count: 200_000 } });
  const taken: string[] = [];
  const exit = once(worker, 'exit');
  while (taken.length < 200_000) {
    taken.push(...texts.take());
    await new Promise((resolve) => setImmediate(resolve));
  }
  await exit;
  expect(taken).toHaveLength(200_000);
  expect(taken.every((text, index) => text === `${index}`.repeat(1 + (index % 7)))).toBe(true);
}, 60_000);
