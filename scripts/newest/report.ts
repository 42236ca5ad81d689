/** The report of a trial with the newest versions, as Markdown for an issue. */
import { stripVTControlCharacters } from 'node:util';

export interface Trial {
  /** For example `Node.js 24.1.0, newest versions in the ranges`. */
  readonly title: string;
  /** Lines such as `esbuild 0.28.2 -> 0.29.0`. Undefined: the installation failed. */
  readonly changes: readonly string[] | undefined;
  readonly failures: readonly Failure[];
}

export interface Failure {
  /** For example `npm run check:types`. */
  readonly command: string;
  readonly output: string;
}

/** Maximum lines and characters of a command's output. The report contains the last lines, because they name the error. */
const MAX_LINES = 40;
const MAX_LENGTH = 4000;

/** Makes the Markdown. Output is in code blocks, so it can neither mention people nor close the block. */
export function reportOf({ title, changes, failures }: Trial): string {
  const sections = failures.map(({ command, output }) => `\`${command}\` fails:\n\n${codeBlock(lastLines(output))}`);
  return [`## ${title}`, ...sections, ...(changes === undefined ? [] : versionsOf(changes))].join('\n\n').concat('\n');
}

function versionsOf(changes: readonly string[]): string[] {
  const versions = changes.length === 0 ? 'No version differs from the lock file.' : codeBlock(changes.join('\n'));
  return ['<details><summary>Versions that differ from the lock file</summary>', versions, '</details>'];
}

function lastLines(output: string): string {
  return stripVTControlCharacters(output).trim().split('\n').slice(-MAX_LINES).join('\n').slice(-MAX_LENGTH);
}

function codeBlock(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
