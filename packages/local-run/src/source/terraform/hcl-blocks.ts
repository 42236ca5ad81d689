/** Finds the blocks of a `.tf` file, with the facts that the local run needs before Terraform evaluates the file. */
import { type FileCall, fileCallsIn, withTemplateTokens } from './file-calls';
import { isSymbol, type Token, tokensOf } from './hcl-tokens';

export interface Block {
  /** `resource`, `module`, `terraform`, ... */
  readonly type: string;
  readonly labels: readonly string[];
  /** Arguments whose value is a string without interpolations. */
  readonly strings: ReadonlyMap<string, string>;
  /** The types of the nested blocks: `provisioner`, `backend`, ... */
  readonly nested: ReadonlySet<string>;
  /** The values of all arguments `source`, in nested blocks and objects, too: addresses of required providers. */
  readonly sources: readonly string[];
}

export interface HclFile {
  readonly blocks: readonly Block[];
  /** All strings of the file, as written, also the strings in templates of other strings. */
  readonly strings: readonly string[];
  readonly fileCalls: readonly FileCall[];
}

/** Never fails: Terraform reports the syntax errors of the file. */
export function readHcl(text: string): HclFile {
  const tokens = tokensOf(text);
  const strings = withTemplateTokens(tokens).filter(({ kind }) => kind === 'string');
  return { blocks: blocksOf(tokens), strings: strings.map((token) => token.text), fileCalls: fileCallsIn(tokens) };
}

function blocksOf(tokens: readonly Token[]): Block[] {
  const blocks: (Block & { strings: Map<string, string>; nested: Set<string>; sources: string[] })[] = [];
  let depth = 0;
  let line: Token[] = [];
  for (const token of tokens) {
    if (token.kind === 'newline' || isSymbol(token, '}')) {
      if (depth === 1) readArgument(line, blocks.at(-1)?.strings);
      line = [];
      if (token.kind !== 'newline') depth -= 1;
    } else if (isSymbol(token, '{')) {
      const [type, ...labels] = headerOf(line);
      // A block `check` may contain a data source.
      if (type !== undefined && (depth === 0 || (depth === 1 && type === 'data'))) {
        blocks.push({ type, labels, strings: new Map<string, string>(), nested: new Set<string>(), sources: [] });
      } else if (type !== undefined && depth === 1) blocks.at(-1)?.nested.add(type);
      line = [];
      depth += 1;
    } else {
      const [name, equals] = line.slice(-2);
      if (token.kind === 'string' && name?.text === 'source' && equals?.text === '=') {
        blocks.at(-1)?.sources.push(token.text);
      }
      line.push(token);
    }
  }
  return blocks;
}

/** @returns the type and labels of a block; an empty list for the start of an object, such as `tags = {` */
function headerOf(line: readonly Token[]): string[] {
  const isHeader = line[0]?.kind === 'word' && line.every(({ kind }) => kind === 'word' || kind === 'string');
  return isHeader ? line.map(({ text }) => text) : [];
}

function readArgument(
  [name, equals, value, ...rest]: readonly Token[],
  strings: Map<string, string> | undefined,
): void {
  const isString = name?.kind === 'word' && equals?.text === '=' && value?.kind === 'string' && rest.length === 0;
  if (isString && !/[$%]\{/.test(value.text)) strings?.set(name.text, value.text);
}
