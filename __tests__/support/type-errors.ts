/** Compiles TypeScript with the options of this project. */
import path from 'node:path';
import ts from 'typescript';

interface TypeError {
  /** Line in the file, from 0. */
  readonly line: number;
  readonly message: string;
}

const { config } = ts.readConfigFile(path.join(__dirname, '../../tsconfig.json'), ts.sys.readFile.bind(ts.sys)) as {
  readonly config: { readonly compilerOptions: unknown };
};
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, __dirname);

let earlier: ts.Program | undefined;

/** Returns the type errors of a file. @param text content of a file that is not on disk */
export function typeErrors(file: string, text?: string): TypeError[] {
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  const isSnippet = (name: string) => text !== undefined && name === file;
  host.readFile = (name) => (isSnippet(name) ? text : readFile(name));
  host.fileExists = (name) => isSnippet(name) || fileExists(name);
  host.getSourceFile = (name, version) =>
    isSnippet(name)
      ? ts.createSourceFile(name, text ?? '', version)
      : (earlier?.getSourceFile(name) ?? getSourceFile(name, version));
  const program = ts.createProgram([file], options, host, earlier);
  earlier = program;
  const source = program.getSourceFile(file);
  return ts.getPreEmitDiagnostics(program, source).map(({ messageText, start }) => ({
    line: source?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0,
    message: ts.flattenDiagnosticMessageText(messageText, '\n'),
  }));
}
