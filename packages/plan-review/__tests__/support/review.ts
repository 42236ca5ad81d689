/** Shows plans as reviewers see them, and reviews a plan by the summary of another plan. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  checkReview,
  comparisonText,
  createReviewKey,
  parseReview,
  type Plan,
  readPlan,
  summarize,
  terminalSummary,
  terminalWarnings,
} from '../../src';

const folder = mkdtempSync(path.join(os.tmpdir(), 'plan-texts-'));
const key = createReviewKey('5c'.repeat(32));

/** Reads the JSON of a plan as the commands do. */
export function readPlanText(text: string, name = 'ferry'): Plan {
  const file = path.join(folder, `${name}.json`);
  writeFileSync(file, text);
  return readPlan(file, name);
}

export const markdownOf = (plan: Plan, commit?: string): string => summarize([plan], { commit, limit: 1e9, key });

/** The summary with the lowest possible limit, made with a forger's key. */
export function shortestOf(plan: Plan): string {
  const forgersKey = createReviewKey('7d'.repeat(32));
  for (let limit = 500; ; limit += 100) {
    try {
      return summarize([plan], { limit, key: forgersKey });
    } catch {
      // The limit is too low.
    }
  }
}

/** The summary and the warnings as a terminal shows them. */
export const terminalOf = (plan: Plan): string => terminalSummary([plan]);
export const terminalWarningsOf = (plan: Plan): string => terminalWarnings([plan]);

/** Markdown as a browser shows it: no backticks, no bold, no entities, no review record. */
export function visibleText(markdown: string): string {
  return markdown
    .replace(/^<!--.*-->$/gm, '')
    .replace(/<\/?code>|`|\*\*/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

/** The lines of all warnings, as `address text`. */
export function warningLines(plan: Plan): string[] {
  return visibleText(markdownOf(plan))
    .split('\n')
    .filter((line) => line.startsWith('> - '))
    .map((line) => line.slice(4));
}

/** The digest that a summary prints. */
export const digestIn = (markdown: string): string | undefined =>
  /^Digest `sha256:([0-9a-f]{64})`/m.exec(markdown)?.[1];

/** Reviews a plan by a summary. @returns undefined when the plan may be applied, or else the reason */
export function refusal(markdown: string, plan: Plan, commit?: string): string | undefined {
  try {
    const comparison = checkReview(parseReview(markdown), [plan], { commit, key });
    return comparison.same ? undefined : comparisonText(comparison);
  } catch (error) {
    return (error as Error).message;
  }
}
