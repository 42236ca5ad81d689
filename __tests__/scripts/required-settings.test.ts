/** The list of GitHub's settings in docs/deploy.md, and the required checks, agree with the code and with the workflows. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { OWN_ACCOUNT_CHECKS, PREVIEW_CHECKS } from '../../scripts/github/preview-checks';
import { CHECKS, REQUIRED_CHECKS } from '../../scripts/github/repository-checks';
import { workflow } from '../support/github-repository';
import { ROOT } from '../support/local-run';

test('docs/deploy.md lists every check', () => {
  const page = readFileSync(path.join(ROOT, 'docs/deploy.md'), 'utf8');
  const [, section = ''] = page.split('### Settings on GitHub\n');
  const ids = [...(section.split('\n### ')[0] ?? '').matchAll(/^\| `([a-z-]+)`/gm)].map(([, id]) => id);
  expect(ids).toEqual([...CHECKS, ...PREVIEW_CHECKS, ...OWN_ACCOUNT_CHECKS].map(([id]) => id));
  const [, names = ''] = /^\| `checks` +\| required status checks: (.*?) *\|/m.exec(section) ?? [];
  expect(names.split(', ')).toEqual(REQUIRED_CHECKS.map((name) => `\`${name}\``));
});

/** Jobs that depend on services beside GitHub and npm: a failure there must not block a merge. */
const OPTIONAL_JOBS = ['opentofu'];

test('the required checks are the other jobs of ci.yml, and the first jobs of plan.yml', () => {
  const jobsOf = (name: string) =>
    [...(workflow(name).split('\njobs:\n')[1] ?? '').matchAll(/^ {2}([\w-]+):$/gm)].map(([, job = '']) => job);
  const [, versions = ''] = /node: \[(.*)\]/.exec(workflow('ci')) ?? [];
  const tests = versions.split(', ').map((version) => `test (${version.replaceAll("'", '')})`);
  const required = jobsOf('ci').filter((job) => !OPTIONAL_JOBS.includes(job));
  const ci = required.flatMap((job) => (job === 'test' ? tests : [job]));
  expect(REQUIRED_CHECKS).toEqual(
    [...ci, 'synth', 'plan'].sort((a, b) => REQUIRED_CHECKS.indexOf(a) - REQUIRED_CHECKS.indexOf(b)),
  );
  expect(jobsOf('plan')).toEqual(['synth', 'plan', 'comment']);
});
