/** Finds the lines of changes in a reviewed text, to show which values of a new plan differ. */
import { markdownText } from '../escape';

/**
 * Reads the lines below each heading (`@@ ... @@`) in the code blocks of a stack. A heading that occurs twice is omitted.
 * @param text a summary that is not checked: its lines may only explain a difference
 */
export function reviewedLines(text: string, stack: string): Map<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const repeated = new Set<string>();
  let lines: string[] | undefined;
  for (const line of sectionOf(text, stack)) {
    if (line.startsWith('@@ ')) {
      if (found.has(line)) repeated.add(line);
      lines = [];
      found.set(line, lines);
    } else if (line === '' || line === '```') lines = undefined;
    else lines?.push(line);
  }
  for (const heading of repeated) found.delete(heading);
  return found;
}

/** Returns the lines after the heading of the stack, up to the next stack. */
function sectionOf(text: string, stack: string): string[] {
  const name = `### ${markdownText(stack)}`;
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`${name}: `) || line.startsWith(`${name} in `));
  if (start < 0) return [];
  const end = lines.findIndex((line, index) => index > start && line.startsWith('### '));
  return lines.slice(start, end < 0 ? undefined : end);
}

/** Compares the lines of a change, without their order. */
export function differentLines(reviewed: readonly string[], now: readonly string[]) {
  const [reviewedSet, nowSet] = [new Set(reviewed), new Set(now)];
  return {
    reviewed: reviewed.filter((line) => !nowSet.has(line)),
    now: now.filter((line) => !reviewedSet.has(line)),
  };
}
