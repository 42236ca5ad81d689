/** Renders a summary for a terminal, without Markdown's syntax. */
import { lineText, terminalCode } from '../escape';
import type { Block, DiffLine, Inlines } from './document';

/** Renders blocks, with an empty line between them. */
export function renderTerminal(blocks: readonly Block[]): string {
  return blocks.flatMap(renderBlock).join('\n\n');
}

function renderBlock(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return [`${'#'.repeat(block.level)} ${inlines(block.content)}`];
    case 'alert': {
      const title = block.title === undefined ? [] : [`> ${lineText(block.title)}`];
      const bullet = block.title === undefined ? '' : '- ';
      return [[`> ${block.alert}`, ...title, ...block.content.map((line) => `> ${bullet}${inlines(line)}`)].join('\n')];
    }
    case 'quote':
      return [block.lines.map(lineText).join('\n')];
    case 'table':
      return [
        [
          `| ${block.columns.map(({ title }) => title).join(' | ')} |`,
          ...block.rows.map((cells) => `| ${cells.map(inlines).join(' | ')} |`),
        ].join('\n'),
      ];
    case 'diff':
      return [block.lines.flatMap(diffLine).join('\n')];
    case 'fold':
      return [lineText(block.title), ...block.blocks.flatMap(renderBlock)];
    case 'paragraph':
      return [inlines(block.content)];
  }
}

function inlines(content: Inlines): string {
  return content
    .map((part) => {
      if (typeof part === 'string') return lineText(part);
      return 'code' in part ? terminalCode(part.code) : inlines(part.strong);
    })
    .join('');
}

function diffLine({ sign, text }: DiffLine, index: number): string[] {
  if (sign !== '@@') return [`${sign} ${text}`];
  return index > 0 ? ['', `@@ ${text} @@`] : [`@@ ${text} @@`];
}
