/** The project's rules for workflows: they accept the project's files, and find a fault of each kind. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkAction, checkWorkflow } from '../../scripts/workflows/rules';
import { ROOT } from '../support/local-run';

const read = (file: string) => readFileSync(path.join(ROOT, '.github', file), 'utf8');
const WORKFLOWS = readdirSync(path.join(ROOT, '.github/workflows'));

test.each(WORKFLOWS)('%s follows the rules', (name) => expect(checkWorkflow(read(`workflows/${name}`))).toEqual([]));

test('the action follows the rules', () => expect(checkAction(read('actions/setup/action.yml'))).toEqual([]));

/** Checks a workflow of the project after a change. @returns the messages */
function changed(name: string, from: string | RegExp, to: string): string[] {
  const before = read(`workflows/${name}.yml`);
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  return checkWorkflow(after).map(({ message }) => message);
}

test.each<[string, string, string | RegExp, string, RegExp]>([
  ['an action with a tag', 'ci', /actions\/checkout@\S+ # v\S+/, 'actions/checkout@v7', /^pin actions\/checkout@v7 /],
  ['an action with a commit but no version', 'ci', /(actions\/checkout@\S+) # v\S+/, '$1', /^pin /],
  [
    'a workflow without permissions',
    'ci',
    'permissions:\n  contents: read\n',
    '',
    /^add the top-level key permissions$/,
  ],
  ['a workflow without concurrency', 'destroy', 'concurrency:', 'other:', /^add the top-level key concurrency$/],
  [
    'a write permission for all jobs',
    'drift',
    'permissions:\n  contents: read\n',
    'permissions:\n  contents: write\n',
    /^set write permissions in the job/,
  ],
  [
    'all permissions',
    'drift',
    'permissions:\n  contents: read\n',
    'permissions: write-all\n',
    /^write each key unquoted/,
  ],
  ['an action on the next line', 'ci', /uses: (actions\/checkout@)/, 'uses:\n          $1', /^pin /],
  ['npm ci with scripts', 'ci', 'npm run build', 'npm ci', /^add --ignore-scripts/],
  ['npm install with scripts', 'ci', 'npm run build', 'npm install left-pad', /^add --ignore-scripts/],
  ['pull_request_target', 'plan', '  pull_request:', '  pull_request_target:', /^use pull_request/],
  ['workflow_run', 'drift', '  workflow_dispatch:', '  workflow_run:', /^use pull_request/],
  [
    'an artifact in the checkout',
    'deploy',
    /^ +path: \$\{\{ runner\.temp \}\}\/approved\n(?= +skip)/m,
    '',
    /^add path: /,
  ],
  ['an artifact in a folder of the checkout', 'plan', 'path: ${{ runner.temp }}/synth\n', 'path: in\n', /^add path: /],
  [
    'code of a pull request in a job with a role',
    'plan',
    /ref: \$\{\{ github\.event\.pull_request\.base\.ref \}\}\n +/,
    '',
    /^check out the base branch/,
  ],
  [
    'a role for a job with code of a pull request',
    'plan',
    'permissions:\n      contents: read\n    outputs',
    'permissions:\n      contents: read\n      id-token: write\n    outputs',
    /^check out the base branch/,
  ],
  [
    'a write permission in ci',
    'ci',
    '  check:\n',
    '  check:\n    permissions:\n      contents: write\n',
    /^check out the base branch/,
  ],
  [
    'a preview with the deploy role',
    'preview-sweep',
    'vars.AWS_PREVIEW_ROLE_ARN }}',
    'vars.AWS_DEPLOY_ROLE_ARN }}',
    /^assume \$\{\{ vars\.AWS_PREVIEW_ROLE_ARN \}\} in a job with the environment preview$/,
  ],
  [
    'the preview role without its environment',
    'preview-sweep',
    '    environment: preview\n',
    '',
    /^add environment: preview to the job/,
  ],
  [
    'a preview of a fork',
    'preview',
    'github.event.pull_request.head.repo.full_name == github.repository',
    'true',
    /^check out the base branch/,
  ],
  [
    'a preview whose check of forks is a comment',
    'preview',
    /vars.AWS_PREVIEW_ROLE_ARN != '' && (github.event.pull_request.head.repo.full_name == github.repository)/,
    "vars.AWS_PREVIEW_ROLE_ARN != ''\n      # $1",
    /^check out the base branch/,
  ],
  [
    'a preview that can write comments',
    'preview',
    '      id-token: write\n',
    '      id-token: write\n      pull-requests: write\n',
    /^check out the base branch/,
  ],
  [
    'code of a pull request in the job that comments on the preview',
    'preview',
    /(pull-requests: write\n[^]*?)ref: \$\{\{ github\.event\.pull_request\.base\.ref \}\}\n +/,
    '$1',
    /^check out the base branch/,
  ],
])('finds %s', (_, name, from, to, message) => {
  expect(changed(name, from, to)).toEqual([expect.stringMatching(message)]);
});

test.each<[string, string, string | RegExp, string]>([
  [
    'a mapping in one line',
    'plan',
    '    permissions:\n      contents: read\n    outputs',
    '    permissions: { id-token: write }\n    outputs',
  ],
  ['a quoted key', 'plan', '    permissions:\n', '    "permissions":\n'],
  ['a repeated mapping', 'ci', '    timeout-minutes: 15\n', '    timeout-minutes: 15\n    <<: *rights\n'],
  ['a step in braces', 'ci', '      - run: npm run build\n', '      - { uses: actions/checkout@main }\n'],
  ['a job in braces', 'ci', '  e2e:\n', '  x: { runs-on: y, permissions: { contents: write } }\n  e2e:\n'],
  ['a list with braces', 'ci', '    timeout-minutes: 15\n', '    needs: [a, { b: c }]\n'],
  [
    'a braced step with a quoted action',
    'deploy',
    '      - id: deploy\n',
    '      - { uses: "actions/download-artifact@v8" }\n      - id: deploy\n',
  ],
  ['a type', 'ci', '    timeout-minutes: 15\n', '    timeout-minutes: !!int 15\n'],
  ['an anchor', 'ci', '    timeout-minutes: 15\n', '    timeout-minutes: 15\n    env: &x\n'],
])('refuses the spelling of %s', (_, name, from, to) => {
  expect(changed(name, from, to)).toContainEqual(expect.stringMatching(/^write each key unquoted/));
});

test('checks each checkout and each command of a job with write permissions', () => {
  const base = 'ref: ${{ github.event.pull_request.base.ref }}';
  const checkout = `uses: actions/checkout@${'a'.repeat(40)} # v7`;
  const head =
    'permissions:\nconcurrency:\non:\n  pull_request:\njobs:\n  plan:\n    permissions:\n      id-token: write\n    steps:\n';
  const steps = `      - ${checkout}\n        with:\n          ${base}\n      - ${checkout}\n        with:\n          # ${base}\n      - run: git fetch origin x\n`;
  expect(checkWorkflow(head + steps).map(({ line, message }) => [line, message.slice(0, 20)])).toEqual([
    [13, 'check out the base b'],
    [16, 'fetch no other code '],
  ]);
});

test('a workflow that can write runs only for pull requests into main', () => {
  const writing = WORKFLOWS.map((name) => read(`workflows/${name}`)).filter(
    (text) => /^ {2}pull_request:/m.test(text) && /^ {6}[\w-]+: write$/m.test(text),
  );
  expect(writing).toHaveLength(2);
  for (const text of writing) expect(text).toContain('\n  pull_request:\n    branches: [main]\n');
});

test('the approval of a deployment is between the plan of main and the job with the deploy role', () => {
  const [, plan = '', deploy = ''] = read('workflows/deploy.yml').split(/^ {2}(?:plan|deploy):$/m);
  expect(plan).toContain('role-to-assume: ${{ vars.AWS_PLAN_ROLE_ARN }}');
  expect(plan).toMatch(/npm run plan -- .*[^]* cat "\$RUNNER_TEMP\/approved\.md" >> "\$GITHUB_STEP_SUMMARY"/);
  expect(plan).not.toMatch(/environment:|DEPLOY_ROLE_ARN \}\}/);
  expect(deploy).toMatch(/^ {4}needs: plan$[^]*^ {4}environment: production$/m);
  expect(deploy).toContain('role-to-assume: ${{ vars.AWS_DEPLOY_ROLE_ARN }}');
  expect(deploy).toContain('npm run deploy -- --reviewed "$RUNNER_TEMP/approved.md" --commit "$GITHUB_SHA"');
});

test('drift plans the stack state too, and reports a removed stack', () => {
  const drift = read('workflows/drift.yml');
  expect(drift).toContain('npm run plan -- --no-lock --exit-code --with-state ');
  expect(drift).toContain('"$status" = 2 ] || [ "$status" = 4 ]; then');
});

test('a rollback waits for the approval, but not for a deployment that waits for its own', () => {
  const rollback = read('workflows/rollback.yml');
  expect(rollback).toMatch(/^ {4}environment: production$/m);
  expect(rollback).toContain('role-to-assume: ${{ vars.AWS_DEPLOY_ROLE_ARN }}');
  expect(rollback).toContain("IGNORE_LOCK: ${{ inputs.ignore-lock && 'true' || '' }}\n");
  expect(rollback).toContain('npm run rollback -- ${IGNORE_LOCK:+--ignore-lock} ${NAME:+');
  const groupOf = (text: string) => /^concurrency:\n {2}group: (.*)$/m.exec(text)?.[1];
  expect(groupOf(rollback)).not.toBe(groupOf(read('workflows/deploy.yml')));
});

test.each(WORKFLOWS)('%s passes inputs to commands as variables only', (name) => {
  const commands = [...read(`workflows/${name}`).matchAll(/^( +)(?:- )?run:.*(?:\n(?:\1 {2,}.*)?$)*/gm)];
  for (const [command] of commands) expect(command).not.toMatch(/\$\{\{ *(inputs|github\.event)\./);
});

test('an event about another label is in no group with a waiting preview, and starts no job', () => {
  const relevant =
    "(github.event.label.name == 'preview' || github.event.label == null\n" +
    "INDENT&& contains(github.event.pull_request.labels.*.name, 'preview'))";
  const [head = '', deploy = '', destroy = ''] = read('workflows/preview.yml').split(/^ {2}(?:deploy|destroy):$/m);
  const isOpen = "(github.event.action != 'labeled' || github.event.pull_request.state == 'open')";
  expect(head).toContain(`${relevant.replace('INDENT', '    ')}\n    && ${isOpen} && 'run' || github.run_id }}\n`);
  expect(deploy).toContain(`&& ${relevant.replace('INDENT', '      ')}\n`);
  expect(destroy).toContain("github.event.action == 'unlabeled' && github.event.label.name == 'preview'");
});

test('names the line', () => {
  expect(checkAction('runs:\n  steps:\n    - run: npm i\n')).toEqual([
    { line: 3, message: expect.stringContaining('--ignore-scripts') as string },
  ]);
});

test('every action has the Node.js 24 generation', () => {
  const files = [...WORKFLOWS.map((name) => `workflows/${name}`), 'actions/setup/action.yml'];
  const used = files.flatMap((file) =>
    [...read(file).matchAll(/uses: ([\w/-]+)@\S+ # v(\d+)/g)].map(([, name = '', major]) => [name, Number(major)]),
  );
  const minimum: Readonly<Record<string, number>> = {
    'actions/checkout': 5,
    'actions/download-artifact': 7,
    'actions/setup-node': 5,
    'actions/setup-python': 6,
    'actions/upload-artifact': 6,
    'aws-actions/configure-aws-credentials': 6,
    'hashicorp/setup-terraform': 4,
    'opentofu/setup-opentofu': 2,
  };
  expect(used.length).toBeGreaterThan(15);
  for (const [name, major] of used)
    expect([name, Number(major) >= (minimum[String(name)] ?? Infinity)]).toEqual([name, true]);
});
