/** Renders a summary as Markdown for GitHub. */
import { codeBlockLine, inlineCode, markdownText } from '../escape';
import type { Block, DiffLine, Fold, Inlines, Table } from './document';

/** Renders blocks, with an empty line between them. */
export function renderMarkdown(blocks: readonly Block[]): string {
  return blocks.map(renderBlock).join('\n\n');
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${inlines(block.content)}`;
    case 'alert': {
      const title = block.title === undefined ? [] : [`> **${markdownText(block.title)}**`, '>'];
      const bullet = block.title === undefined ? '' : '- ';
      return [`> [!${block.alert}]`, ...title, ...block.content.map((line) => `> ${bullet}${inlines(line)}`)].join(
        '\n',
      );
    }
    case 'quote':
      return block.lines.join('\n');
    case 'table':
      return renderTable(block);
    case 'diff':
      return ['```diff', ...block.lines.flatMap(diffLine), '```'].join('\n');
    case 'fold':
      return renderFold(block);
    case 'paragraph':
      return inlines(block.content);
  }
}

function inlines(content: Inlines): string {
  return content
    .map((part) => {
      if (typeof part === 'string') return markdownText(part);
      return 'code' in part ? inlineCode(part.code) : `**${inlines(part.strong)}**`;
    })
    .join('');
}

function renderTable({ columns, rows }: Table): string {
  return [
    `| ${columns.map(({ title }) => title).join(' | ')} |`,
    `|${columns.map(({ isNumber }) => (isNumber ? ' --: ' : ' --- ')).join('|')}|`,
    ...rows.map((cells) => `| ${cells.map(inlines).join(' | ')} |`),
  ].join('\n');
}

/** Formats a line of a code block. It starts with a sign of this package, so no value can end the block. */
export function diffLineText({ sign, text }: DiffLine): string {
  return codeBlockLine(sign === '@@' ? `@@ ${text} @@` : `${sign} ${text}`);
}

/** Adds an empty line before each resource but the first. */
function diffLine(line: DiffLine, index: number): string[] {
  return line.sign === '@@' && index > 0 ? ['', diffLineText(line)] : [diffLineText(line)];
}

function renderFold({ title, isOpen, blocks }: Fold): string {
  const start = `<details${isOpen ? ' open' : ''}><summary>${markdownText(title)}</summary>`;
  return [start, renderMarkdown(blocks), '</details>'].join('\n\n');
}
