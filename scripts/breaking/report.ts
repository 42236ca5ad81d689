/** Formats findings as Markdown for the comment with the plans. */
import type { Finding } from './finding';

export interface ApiFindings {
  readonly api: string;
  readonly findings: readonly Finding[];
}

/** A change is listed once, with the first of its places. */
const MAX_PLACES = 3;

/** A comment has room for the plans as well. */
const MAX_CHANGES = 50;

/** @returns '' when nothing breaks */
export function breakingReport(apis: readonly ApiFindings[]): string {
  const lines = apis.flatMap(({ api, findings }) => byChange(findings).map((line) => `> - ${api}: ${line}`));
  if (lines.length === 0) return '';
  const more = lines.length - MAX_CHANGES;
  return [
    '> [!CAUTION]',
    '> **Breaks callers** of the contracts in the base branch, or does not fit stored items',
    '>',
    ...lines.slice(0, MAX_CHANGES),
    ...(more > 0 ? [`> - ... and ${more} more; run \`npm run breaking\``] : []),
    '',
  ].join('\n');
}

/** @example '`POST /todos`, body title has maxLength 100, was 200' */
function byChange(findings: readonly Finding[]): string[] {
  const places = new Map<string, string[]>();
  for (const { place, change } of findings) {
    const [route, part = ''] = split(place);
    const key = `${part.replace(/^\d+ body /, 'answered ')} ${change}`.trim();
    const known = places.get(key);
    if (known) known.push(route);
    else places.set(key, [route]);
  }
  return [...places].map(([change, routes]) => {
    const unique = [...new Set(routes)];
    const shown = unique.slice(0, MAX_PLACES).map(code).join(', ');
    const more = unique.length > MAX_PLACES ? ` and ${unique.length - MAX_PLACES} more` : '';
    return `${shown}${more}: ${escaped(change)}`;
  });
}

/** Route, and the part of it if there is one. */
function split(place: string): readonly [string, string?] {
  const [route = '', ...rest] = place.split(', ');
  return rest.length > 0 ? [route, rest.join(', ')] : [route];
}

function code(text: string): string {
  return /^[\w .:/={}[\]-]+$/.test(text) ? `\`${text}\`` : escaped(text);
}

/** Values of contracts cannot end the block, mention people or open a comment. */
function escaped(text: string): string {
  const line = text.replace(/\s+/g, ' ').slice(0, 300);
  return line.replace(/[^\w "'.,:;()/=-]/g, (character) => `&#${character.codePointAt(0)};`);
}
