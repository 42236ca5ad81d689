/** Functions run in UTC, as on Lambda. The local run prints times in the time zone of the machine. */
import { rmSync } from 'node:fs';
import { sendJson } from '../support/http';
import { startItemsRun } from '../support/items-run';
import { copyProject } from '../support/project-copy';

test('on a machine in Tokyo, functions use UTC and printed lines use local time', async () => {
  const copy = copyProject();
  copy.edit(
    'function/crud/tutorial/put.ts',
    'await table.put(body);',
    "await table.put(body); console.warn('offset', new Date().getTimezoneOffset());",
  );
  const run = await startItemsRun({ root: copy.root, settings: { TZ: 'Asia/Tokyo' } });
  try {
    await sendJson(run.url, 'PUT', '/items', { id: 'a', price: 1, name: 'x' });
    expect(await run.prints(/offset -?\d+/)).toBe('offset 0');
    const printed = await run.prints(/(\d\d):\d\d:\d\d items {4}PUT/);
    const hours = (Number(printed.slice(0, 2)) - new Date().getUTCHours() + 24) % 24;
    // A new hour may have begun since the request.
    expect([8, 9]).toContain(hours);
  } finally {
    await run.stop();
    rmSync(copy.root, { recursive: true, force: true });
  }
});
