/** `npm start -- --inspect`: a debugger pauses instances in the TypeScript of a handler, reads a variable, and continues. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { send } from '../support/http';
import { InspectorClient, setBreakpoint } from '../support/inspector-client';
import { startItemsRun } from '../support/items-run';
import { ROOT } from '../support/local-run';

const SOURCE = 'function/crud/tutorial/table.ts';

const LINE =
  readFileSync(path.join(ROOT, SOURCE), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes('new GetCommand(')) + 1;

test('a breakpoint in a handler pauses two instances at once, longer than the timeout of the function', async () => {
  const run = await startItemsRun({ args: ['--inspect-port', '0', '--instances', 'requests'] });
  const url = await run.prints(/ws:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]+/);
  const client = await InspectorClient.connect(url);
  const get = (id: string) => send(run.url, 'GET', `/items/${id}`);
  // Two concurrent cold starts: each needs an instance of its own.
  await Promise.all([get('a'), get('b')]);
  expect(client.instances).toHaveLength(2);
  for (const session of client.instances) await setBreakpoint(session, SOURCE, LINE);

  const answers = [get('first'), get('second')];
  const pauses = [await client.nextPause(), await client.nextPause()];
  expect(new Set(pauses.map(({ session }) => session)).size).toBe(2);
  const ids = [];
  for (const { session, file, line, callFrameId } of pauses) {
    expect([path.relative(ROOT, file), line]).toEqual([SOURCE, LINE]);
    const evaluated = await session.call('Debugger.evaluateOnCallFrame', {
      callFrameId,
      expression: 'id',
    });
    ids.push((evaluated['result'] as { value: string }).value);
  }
  expect(ids.sort()).toEqual(['first', 'second']);

  // The function's timeout is 3 seconds.
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  for (const { session } of pauses) await session.call('Debugger.resume');
  for (const answer of answers) expect(await answer).toMatchObject({ status: 404 });
  client.close();
  expect(await run.stop('SIGINT')).toBe(0);
});

test('ends while an instance is paused at a breakpoint of a debugger that has gone', async () => {
  const run = await startItemsRun({ args: ['--inspect-port', '0'] });
  const client = await InspectorClient.connect(await run.prints(/ws:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]+/));
  await send(run.url, 'GET', '/items/a');
  for (const session of client.instances) await setBreakpoint(session, SOURCE, LINE);
  const answer = send(run.url, 'GET', '/items/a').catch(() => undefined);
  await client.nextPause();
  client.close();
  expect(await run.stop('SIGINT')).toBe(0);
  await answer;
});
