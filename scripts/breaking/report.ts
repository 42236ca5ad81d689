/** Formats findings: as Markdown for the comment with the plans, and as text for a terminal. */
import { escapeMarkdown } from '../markdown';
import type { Finding } from './finding';

export interface ApiFindings {
  readonly api: string;
  readonly findings: readonly Finding[];
}

/** Maximum number of routes in the line of a change. */
const MAX_ROUTES = 3;

/** Maximum number of changes in the Markdown. The size of a comment is limited, and the plans need most of it. */
const MAX_CHANGES = 50;

/** Maximum size of the list in the Markdown. `npm run plan -- --synthesized` accepts 15,000 bytes. */
const MAX_BYTES = 12_000;

/** Maximum length of a change, in characters. */
const MAX_CHANGE_LENGTH = 300;

/** Formats a route and a change for Markdown or for a terminal. */
interface Format {
  readonly route: (text: string) => string;
  readonly change: (text: string) => string;
}

const MARKDOWN: Format = { route: code, change: escaped };
const PLAIN: Format = { route: oneLine, change: oneLine };

/** Makes the Markdown for the comment. @returns '' when nothing breaks */
export function breakingReport(apis: readonly ApiFindings[]): string {
  const lines = linesOf(apis, MARKDOWN).map((line) => `> - ${line}`);
  if (lines.length === 0) return '';
  const listed = lines.slice(0, MAX_CHANGES);
  while (Buffer.byteLength(listed.join('\n')) > MAX_BYTES) listed.pop();
  const more = lines.length - listed.length;
  return [
    '> [!CAUTION]',
    '> This change breaks callers of the contracts in the base branch, or does not fit stored items',
    '>',
    ...listed,
    ...(more > 0 ? [`> - ... and ${more} more; run \`npm run breaking\``] : []),
    '',
  ].join('\n');
}

/** Makes the lines for a terminal, with all changes. @returns '' when nothing breaks */
export function breakingText(apis: readonly ApiFindings[]): string {
  return linesOf(apis, PLAIN)
    .map((line) => `${line}\n`)
    .join('');
}

function linesOf(apis: readonly ApiFindings[], format: Format): string[] {
  return apis.flatMap(({ api, findings }) => byChange(findings, format).map((line) => `${api}: ${line}`));
}

/**
 * Lists each change once, with its routes.
 * @example ['POST /todos, PUT /todos/{id}: body title has maxLength 100, was 200']
 */
function byChange(findings: readonly Finding[], format: Format): string[] {
  const places = new Map<string, string[]>();
  for (const { place, change } of findings) {
    const [route, part = ''] = splitPlace(place);
    const key = `${part.replace(/^\d+ body /, 'answered ')} ${change}`.trim();
    const known = places.get(key);
    if (known) known.push(route);
    else places.set(key, [route]);
  }
  return [...places].map(([change, routes]) => {
    const unique = [...new Set(routes)];
    const listed = unique.slice(0, MAX_ROUTES).map(format.route).join(', ');
    const more = unique.length > MAX_ROUTES ? ` and ${unique.length - MAX_ROUTES} more` : '';
    return `${listed}${more}: ${format.change(change)}`;
  });
}

/** Splits a place into its route and the part of the route. @example splitPlace('POST /todos, body title') // ['POST /todos', 'body title'] */
function splitPlace(place: string): readonly [string, string?] {
  const [route = '', ...rest] = place.split(', ');
  return rest.length > 0 ? [route, rest.join(', ')] : [route];
}

function code(text: string): string {
  return /^[\w .:/={}[\]-]+$/.test(text) ? `\`${text}\`` : escaped(text);
}

/** Escapes Markdown: values of contracts cannot end the block, mention people or open a comment. */
function escaped(text: string): string {
  return escapeMarkdown(oneLine(text));
}

/** Removes line breaks and the control characters of terminals, and shortens the text. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').slice(0, MAX_CHANGE_LENGTH);
}
