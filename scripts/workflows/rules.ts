/**
 * The project's rules for workflows and actions. They match lines, not parsed YAML: Prettier formats every file in the same way.
 * They refuse YAML spellings in which a rule would not recognize a key. The rules about scripts find mistakes, not attacks: a script
 * can hide a command. CODEOWNERS requires a review of each workflow.
 */

export interface Problem {
  /** 1 for the first line. */
  readonly line: number;
  readonly message: string;
}

type Rule = (lines: readonly string[]) => readonly (Problem | undefined)[];

const USES = /^\s*(?:- )?uses:\s*(.*)$/;
/** A folder of this repository, or a commit with its version in a comment. Tags and branches are refused: they can move. */
const PINNED = /^(?:\.\/\S+|[\w./-]+@[0-9a-f]{40} # v[\d.]+)\s*$/;
const COMMENT = /^\s*#/;
/**
 * Checks out the base branch. In a job with write permissions, only its code may run. `base.sha` can be the commit of the time when the
 * pull request was opened, whose check may have a hole that was closed since.
 */
const BASE = 'ref: ${{ github.event.pull_request.base.ref }}';
/** Excludes pull requests from forks, in the condition of a job. */
const NO_FORKS = 'github.event.pull_request.head.repo.full_name == github.repository';
/** The role of previews. It can use only previews, so it may run code of a pull request. */
const PREVIEW_ROLE = '${{ vars.AWS_PREVIEW_ROLE_ARN }}';
const FETCHES_CODE = /\b(git (fetch|pull|checkout|clone)|gh (pr|repo)|curl|wget)\b/;
/** YAML spellings in which the other rules would not recognize a key. */
const HIDDEN_KEYS: readonly RegExp[] = [
  /^\s*(- )?["'?]/, // a quoted or complex key
  /^\s*(- )?(permissions|steps|jobs|with|on|env):\s+(?!\{\}$)\S/, // a mapping in one line
  /(^|[:\s-])\s*(<<:|[&*]\w+\s*$)/, // a merged or repeated mapping
  /^\s*(- )*([\w-]+:\s+)?(\{(?!\}$|\{)|!|\[.*\{(?!\{))/, // a mapping in braces, also in a list, or a type
];

/** Rules for every file with steps. */
const STEP_RULES: readonly Rule[] = [
  (lines) =>
    lines.map((text, index) =>
      !COMMENT.test(text) && HIDDEN_KEYS.some((spelling) => spelling.test(text))
        ? at(index, 'write each key unquoted, and each mapping on separate lines')
        : undefined,
    ),
  (lines) =>
    lines.map((text, index) => {
      const action = USES.exec(text)?.[1];
      if (action === undefined || PINNED.test(action)) return undefined;
      return at(index, `pin ${action} to a commit, followed by its version: <action>@<sha> # v1.2.3`);
    }),
  (lines) =>
    lines.map((text, index) =>
      !COMMENT.test(text) && /\bnpm (ci|i|install)\b/.test(text) && !text.includes('--ignore-scripts')
        ? at(index, 'add --ignore-scripts: scripts of packages would run with the permissions of the job')
        : undefined,
    ),
  (lines) =>
    blocks(lines, /^ {4,}- /).map(({ index, text }) =>
      /uses:\s+actions\/download-artifact@/.test(text) && !/^\s+path: \$\{\{ runner\.temp \}\}\/\w+$/m.test(text)
        ? at(index, 'add path: ${{ runner.temp }}/<folder>. In the checkout, an artifact could replace code')
        : undefined,
    ),
];

/** Rules for workflows. */
const WORKFLOW_RULES: readonly Rule[] = [
  (lines) =>
    ['permissions', 'concurrency'].map((key) =>
      lines.some((text) => text.startsWith(`${key}:`)) ? undefined : at(0, `add the top-level key ${key}`),
    ),
  (lines) =>
    lines.map((text, index) =>
      !COMMENT.test(text) && /\b(pull_request_target|workflow_run)\b/.test(text)
        ? at(index, 'use pull_request: this trigger gives permissions to runs that a pull request starts')
        : undefined,
    ),
  (lines) =>
    lines.map((text, index) =>
      /^ {2}[\w-]+: write\b/.test(text) ? at(index, 'set write permissions in the job that needs them') : undefined,
    ),
  (lines) => jobsOf(lines).flatMap(checkPreviewRole),
  (lines) => {
    if (!lines.some((text) => /^ {2}pull_request:/.test(text))) return [];
    return jobsOf(lines)
      .filter(({ text }) => /^ {6}[\w-]+: write\b/m.test(text))
      .flatMap((job) => [
        ...(isPreviewJob(job) ? [] : checkCheckouts(job)),
        ...job.text
          .split('\n')
          .map((line, offset) =>
            !COMMENT.test(line) && FETCHES_CODE.test(line)
              ? at(job.index + offset, 'fetch no other code in a job with write permissions')
              : undefined,
          ),
      ]);
  },
];

interface Block {
  /** Index of the first line. */
  readonly index: number;
  readonly text: string;
}

const jobsOf = (lines: readonly string[]) => blocks(lines, /^ {2}[\w-]+:/);

const rolesOf = (text: string) => [...text.matchAll(/^\s+role-to-assume: (.*?)\s*$/gm)].map(([, role]) => role);

/** Whether a job may run code of a pull request with the preview role: it has no other write permission, and excludes forks. */
function isPreviewJob({ text }: Block): boolean {
  const writes = [...text.matchAll(/^ {6}([\w-]+): write\b/gm)].map(([, permission]) => permission);
  const roles = rolesOf(text);
  return (
    /^ {4}environment: preview$/m.test(text) &&
    roles.length === 1 &&
    roles[0] === PREVIEW_ROLE &&
    writes.join() === 'id-token' &&
    text.split('\n').some((line) => !COMMENT.test(line) && line.includes(NO_FORKS))
  );
}

/** The environment `preview` and the preview role belong together: its jobs need no approval, so they may have no other role. */
function checkPreviewRole({ index, text }: Block): (Problem | undefined)[] {
  const roles = rolesOf(text);
  const hasEnvironment = /^ {4}environment: preview$/m.test(text);
  return [
    hasEnvironment && roles.some((role) => role !== PREVIEW_ROLE)
      ? at(index, `assume ${PREVIEW_ROLE} in a job with the environment preview`)
      : undefined,
    !hasEnvironment && roles.includes(PREVIEW_ROLE)
      ? at(index, `add environment: preview to the job that assumes ${PREVIEW_ROLE}`)
      : undefined,
  ];
}

function checkCheckouts({ index, text }: Block): (Problem | undefined)[] {
  return blocks(text.split('\n'), /^ {6}- /).map((step) =>
    /uses:\s+actions\/checkout@/.test(step.text) && !step.text.split('\n').some((line) => line.trim() === BASE)
      ? at(index + step.index, `check out the base branch (${BASE}): this job has write permissions`)
      : undefined,
  );
}

/** Checks a workflow. @returns the problems, in the order of their lines */
export function checkWorkflow(text: string): Problem[] {
  return check(text, [...STEP_RULES, ...WORKFLOW_RULES]);
}

/** Checks an action of this repository. @returns the problems, in the order of their lines */
export function checkAction(text: string): Problem[] {
  return check(text, STEP_RULES);
}

function check(text: string, rules: readonly Rule[]): Problem[] {
  const lines = text.split('\n');
  const problems = rules.flatMap((rule) => rule(lines)).filter((problem) => problem !== undefined);
  return problems.sort((a, b) => a.line - b.line);
}

function at(index: number, message: string): Problem {
  return { line: index + 1, message };
}

/** Divides the lines at each line that matches. Drops the lines before the first match. */
function blocks(lines: readonly string[], start: RegExp): Block[] {
  const starts = lines.flatMap((line, index) => (start.test(line) ? [index] : []));
  return starts.map((index, number) => ({ index, text: lines.slice(index, starts[number + 1]).join('\n') }));
}
