/** Functions have UTC, as on Lambda, wherever the machine stands; what the run prints is the machine's time. */
import { rmSync } from 'node:fs';
import { sendJson } from './support/http';
import { startLocalRun } from '../../../__tests__/support/local-run';
import { copyProject } from '../../../__tests__/support/project-copy';
import { useUtc } from '../src/time-zone';

test('the time zone of a machine in Tokyo', async () => {
  const copy = copyProject();
  copy.edit(
    'function/crud/put.ts',
    /\n(?=[^\n]*return )/,
    "\n  console.warn('offset', new Date().getTimezoneOffset());\n",
  );
  const run = await startLocalRun({ root: copy.root, settings: { TZ: 'Asia/Tokyo' } });
  try {
    await sendJson(run.url, 'PUT', '/items', { id: 'a', price: 1, name: 'x' });
    expect(await run.prints(/offset -?\d+/)).toBe('offset 0');
    const printed = await run.prints(/(\d\d):\d\d:\d\d items {4}PUT/);
    const hours = (Number(printed.slice(0, 2)) - new Date().getUTCHours() + 24) % 24;
    // An hour may have begun in between.
    expect([8, 9]).toContain(hours);
  } finally {
    await run.stop();
    rmSync(copy.root, { recursive: true, force: true });
  }
});

test('the app has the time zone that was set, or none', () => {
  const { TZ: before } = process.env;
  try {
    delete process.env['TZ'];
    expect({ ...process.env, ...useUtc() }['TZ']).toBeUndefined();
    process.env['TZ'] = 'Asia/Tokyo';
    expect({ ...process.env, ...useUtc() }['TZ']).toBe('Asia/Tokyo');
    expect(process.env['TZ']).toBe('UTC');
  } finally {
    delete process.env['TZ'];
    if (before !== undefined) process.env['TZ'] = before;
  }
});
