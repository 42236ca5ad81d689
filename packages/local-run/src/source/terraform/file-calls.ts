/** Finds the calls of functions that read files, such as `file("/etc/motd")`, and the strings in their paths. */
import { isSymbol, type Token, templateTokens } from './hcl-tokens';

const FILE_FUNCTIONS: readonly string[] = [
  ...['file', 'fileexists', 'fileset', 'templatefile', 'filemd5', 'filesha1', 'filesha256', 'filesha512'],
  ...['filebase64', 'filebase64sha256', 'filebase64sha512'],
];

export interface FileCall {
  /** The strings in the path, as written. */
  readonly strings: readonly string[];
  /** Whether the path contains other values than strings and `path.module`, such as variables. */
  readonly hasReferences: boolean;
  /** Whether the path is the result of a program: a data source `external`. */
  readonly isFromProgram: boolean;
}

/** @returns the calls in the tokens and in the templates of their strings */
export function fileCallsIn(tokens: readonly Token[]): FileCall[] {
  return tokens.flatMap((token, index) => {
    const isCall = token.kind === 'word' && FILE_FUNCTIONS.includes(token.text) && isSymbol(tokens[index + 1], '(');
    const call = isCall ? [callOf(firstArgument(tokens.slice(index + 2)))] : [];
    return [...call, ...fileCallsIn(templateTokens(token))];
  });
}

/** @returns the tokens, each string followed by the tokens of its templates */
export function withTemplateTokens(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token) => [token, ...withTemplateTokens(templateTokens(token))]);
}

function callOf(argument: readonly Token[]): FileCall {
  const tokens = withTemplateTokens(argument);
  const references = tokens.flatMap(({ kind, text }, index) => {
    const isReference =
      kind === 'word' && !isSymbol(tokens[index - 1], '.') && !isSymbol(tokens[index + 1], '(') && text !== 'path';
    return isReference ? [`${text}.${tokens[index + 2]?.text ?? ''}`] : [];
  });
  return {
    strings: tokens.flatMap(({ kind, text }) => (kind === 'string' ? [text] : [])),
    hasReferences: references.length > 0,
    isFromProgram: references.includes('data.external'),
  };
}

/** @param tokens the tokens behind the opening parenthesis of a call */
function firstArgument(tokens: readonly Token[]): readonly Token[] {
  let depth = 0;
  const end = tokens.findIndex(({ kind, text }) => {
    if (kind !== 'symbol') return false;
    if (depth === 0 && (text === ',' || text === ')')) return true;
    if ('([{'.includes(text)) depth += 1;
    else if (')]}'.includes(text)) depth -= 1;
    return false;
  });
  return end < 0 ? tokens : tokens.slice(0, end);
}
