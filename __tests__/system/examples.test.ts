/** Runs each example in a local run, and its session over HTTP. */
import path from 'node:path';
import { exampleApps } from '../../scripts/project';
import { sessionOf } from '../../scripts/smoke/find-session';
import { runSession } from '../../scripts/smoke/session';
import { type LocalRun, ROOT, startLocalRun } from '../support/local-run';

let run: LocalRun | undefined;

afterEach(async () => {
  await run?.stop();
  run = undefined;
});

test.each(exampleApps())('every route of %s answers as its contract says', async (app) => {
  run = await startLocalRun({ args: [app] });
  const stack = path.basename(app);
  expect(Object.keys(run.outputs)).toEqual([stack]);
  const session = await sessionOf(stack, path.join(ROOT, app));
  if (!session) throw new Error(`${app} has no session.`);
  expect(await runSession(stack, run.outputs[stack] ?? {}, session, { print: () => undefined })).toBeUndefined();
});
