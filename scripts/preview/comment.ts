/** The comment about the preview on a pull request: the workflow updates it after each deployment, and after the preview was destroyed. */
import type { Github } from '../github/api';
import { writeComment } from '../github/own-comment';
import { escapeMarkdown } from '../markdown';
import { MAX_AGE_DAYS } from './sweep';

/** First line of the comment. */
const MARK = '<!-- preview of the pull request, updated in place -->';

/** URLs of API Gateway. Code of the pull request writes the URLs, so nothing else may reach the comment. */
const API_URL =
  /^https:\/\/[a-z0-9]{1,32}\.execute-api\.[a-z0-9-]{1,32}\.amazonaws\.com(\.cn)?(\/[A-Za-z0-9_-]{1,128})?\/?$/;
const STACK = /^[a-z][a-z0-9-]{0,62}$/;
const MAX_STACKS = 100;

export interface PreviewResult {
  /** Results of the workflow's jobs: `success`, `failure`, `cancelled` or `skipped`. */
  readonly deploy: string | undefined;
  readonly destroy: string | undefined;
  /** The URLs by stack; empty when the deployment failed before the smoke test. */
  readonly urls: Readonly<Record<string, string>>;
  /** The commit that was deployed. */
  readonly commit: string | undefined;
  readonly runUrl: string;
}

/**
 * Reads the URLs that the job `deploy` passed on.
 * @param json an object of URLs by stack, or an empty text
 * @throws Error when it is not such an object, or when a URL is not one of API Gateway
 */
export function readUrls(json: string | undefined): Record<string, string> {
  if (!json) return {};
  const urls = parse(json);
  const entries = typeof urls === 'object' && urls !== null && !Array.isArray(urls) ? Object.entries(urls) : undefined;
  const isRight = ([stack, url]: [string, unknown]) =>
    STACK.test(stack) && typeof url === 'string' && API_URL.test(url);
  if (entries && entries.length <= MAX_STACKS && entries.every(isRight)) return urls as Record<string, string>;
  throw new Error(
    `--urls: saw ${json.slice(0, 200)}. Pass a JSON object of URLs of API Gateway by stack, as the step output of npm run preview -- deploy.`,
  );
}

/** @returns undefined for a text that is not JSON */
function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Creates or updates the comment. */
export async function writePreviewComment(
  github: Github,
  pullRequest: number,
  result: PreviewResult,
): Promise<'created' | 'updated'> {
  return writeComment(github, pullRequest, MARK, previewText(result));
}

/** Makes the text of the comment. */
export function previewText({ deploy, destroy, urls, commit = '', runUrl }: PreviewResult): string {
  const run = `[the run](${runUrl})`;
  if (destroy !== undefined && destroy !== 'skipped') {
    return destroy === 'success'
      ? 'The preview was destroyed. To deploy it again, add the label `preview`.\n'
      : `**The preview could not be destroyed:** see ${run}. The nightly sweep tries again.\n`;
  }
  const stacks = Object.entries(urls);
  if (stacks.length === 0) return `**The preview could not be deployed:** see ${run}.\n`;
  const rows = stacks.map(([stack, url]) => `| ${stack} | ${url} |`);
  const smoke = deploy === 'success' ? 'The smoke test passed.' : `**The smoke test failed:** see ${run}.`;
  return [
    `Preview of commit ${escapeMarkdown(commit.slice(0, 7))}:`,
    '',
    '| stack | URL |',
    '| ----- | --- |',
    ...rows,
    '',
    'Code of the pull request reported these URLs and the result of the smoke test. Send no real credentials to them.',
    '',
    `${smoke} The preview is destroyed when the pull request is closed, when the label \`preview\` is removed, or ${MAX_AGE_DAYS} days ` +
      'after its last deployment.',
    '',
  ].join('\n');
}
