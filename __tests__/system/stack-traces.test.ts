/** Stack traces in the log of `npm start` name the lines of the TypeScript. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { send } from '../support/http';
import { type ItemsRun, startItemsRun } from '../support/items-run';
import { copyProject, type ProjectCopy } from '../support/project-copy';

const READ = 'function/crud/tutorial/read.ts';
const STATEMENT = 'const item = await table.get(id);';

let project: ProjectCopy;
let run: ItemsRun;

beforeAll(async () => {
  project = copyProject();
  project.edit(READ, STATEMENT, `if (id === 'first') throw new RangeError('broken');\n    ${STATEMENT}`);
  run = await startItemsRun({ root: project.root, args: ['--watch'] });
});

afterAll(async () => {
  await run.stop();
  rmSync(project.root, { recursive: true, force: true });
});

/** Sends a request whose handler throws. @returns the first position in the stack trace of the log line */
async function positionFor(id: string): Promise<string | undefined> {
  const from = run.printed().length;
  expect((await send(run.url, 'GET', `/items/${id}`)).status).toBe(500);
  const line = await run.prints(/"stack":"RangeError: broken\\n.*\n/, from);
  return /broken\\n +at [^/]*(\/[^:]+:\d+):/.exec(line)?.[1];
}

function expectedPosition(): string {
  const lines = project.read(READ).split('\n');
  return `${path.join(project.root, READ)}:${lines.findIndex((line) => line.includes('new RangeError')) + 1}`;
}

test('a stack trace names the line of the handler that threw the error, and after a reload its new line', async () => {
  expect(await positionFor('first')).toBe(expectedPosition());
  project.edit(READ, /^/, '// This line moves the statement.\n\n');
  project.edit(READ, "id === 'first'", "id === 'second'");
  await run.prints(/reloaded .*\n/);
  expect(await positionFor('second')).toBe(expectedPosition());
});
