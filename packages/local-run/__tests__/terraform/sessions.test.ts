/** The local run answers the sessions of whole Terraform projects: see projects/README.md. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { TERRAFORM } from '../support/with-terraform';
import { readProjects, runSession } from './support/project';

const PROJECTS = path.join(__dirname, 'projects');

const { error } = spawnSync(TERRAFORM, ['version']);

if (error && process.env['REQUIRE_TERRAFORM'] !== '1') {
  // Jest drops the console of a suite that is skipped as a whole.
  process.stderr.write(
    `Skipped: sessions of Terraform projects, because terraform does not run (${error.message})\nREQUIRE_TERRAFORM=1 makes this a failure.\n`,
  );
  test.skip(`sessions (${error.message})`, () => undefined);
} else {
  test.each(readProjects(PROJECTS))('$name answers all steps of its session', async (project) => {
    const { steps, failures } = await runSession(PROJECTS, project);
    process.stderr.write(`${project.name}: ${steps - failures.length} of ${steps} steps\n`);
    expect(failures).toEqual([]);
  });
}

test('the zip of polls contains its sources', () => {
  const folder = path.join(PROJECTS, 'polls');
  const packed = unzipSync(readFileSync(path.join(folder, 'package/polls.zip')));
  expect(Object.keys(packed).sort()).toEqual(readdirSync(path.join(folder, 'src')).sort());
  for (const [name, code] of Object.entries(packed)) {
    expect(Buffer.from(code).toString()).toBe(readFileSync(path.join(folder, 'src', name), 'utf8'));
  }
});
