/** The calls that a whole deployment makes, in files that `npm run e2e` compares with its calls. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Call, readCallLine } from './call';

type Role = 'plan' | 'deploy';

const fileOf = (role: Role) => path.join(__dirname, `${role}-calls.txt`);

const HEADER = `# The different calls of a deployment: Terraform's, and those that AWS checks besides, for example iam:PassRole.
# The prefix is acme, the bucket acme-terraform-state; ID stands for each id that API Gateway generates.
# Recorded by: UPDATE_CALLS=1 npm run e2e
`;

/** The lines of a file, without comments. A line is a call: see `callLine`. */
export function recordedLines(role: Role): string[] {
  const lines = readFileSync(fileOf(role), 'utf8').trim().split('\n');
  return lines.filter((line) => !line.startsWith('#'));
}

export function recordedCalls(role: Role): Call[] {
  return recordedLines(role).map(readCallLine);
}

export function writeRecordedLines(role: Role, lines: readonly string[]): void {
  writeFileSync(fileOf(role), `${HEADER}${lines.join('\n')}\n`);
}
