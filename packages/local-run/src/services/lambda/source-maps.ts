/** Source maps of functions: for debuggers, and for positions in stack traces. */
import { appendFileSync, copyFileSync, existsSync, readFileSync, realpathSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findHandlerFile } from './handler-file';

/** The comment with which bundlers and compilers end a file that has a source map. */
const MAP_COMMENT = /\n\/\/# sourceMappingURL=(\S+)\s*$/;

/**
 * Adds the source map that lies beside an archive, `function.zip.map`, to the unpacked handler. Archives for AWS contain no map,
 * because it would slow down cold starts. Does nothing when there is no such map.
 * @param archive path of the archive
 */
export function addSourceMap(archive: string, taskRoot: string, handler: string): void {
  const map = `${archive}.map`;
  const file = findHandlerFile(taskRoot, handler);
  if (file === undefined || !existsSync(map) || existsSync(`${file}.map`)) return;
  copyFileSync(map, `${file}.map`);
  appendFileSync(file, `\n//# sourceMappingURL=${path.basename(file)}.map\n`);
}

/** Replaces positions in the compiled files of a function by positions in their sources. */
export class SourcePositions {
  private readonly folder: string;
  private readonly pattern: RegExp;
  /** The source maps that were read, by compiled file. Undefined: the file has none. */
  private readonly maps = new Map<string, SourceMap | undefined>();

  constructor(taskRoot: string) {
    this.folder = realpathSync(taskRoot);
    const folder = this.folder.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    this.pattern = new RegExp(`(?:file://)?(${folder}/[^\\s:()"\']+\\.[cm]?js):(\\d+):(\\d+)`, 'g');
  }

  /** @param text a log line or a stack trace */
  replace(text: string): string {
    if (!text.includes(this.folder)) return text;
    return text.replace(this.pattern, (position, file: string, line: string, column: string) => {
      const origin = this.mapOf(file)?.findOrigin(Number(line), Number(column));
      if (origin === undefined || !('fileName' in origin)) return position;
      const { fileName, lineNumber, columnNumber } = origin;
      return `${sourcePath(fileName)}:${lineNumber}:${columnNumber}`;
    });
  }

  private mapOf(file: string): SourceMap | undefined {
    if (!this.maps.has(file)) this.maps.set(file, readMap(file));
    return this.maps.get(file);
  }
}

/**
 * Reads the source map that the last line of a compiled file names or contains, or the file `index.js.map` beside it.
 * @returns undefined when the map is missing or damaged
 */
function readMap(compiled: string): SourceMap | undefined {
  try {
    const [, url = `${path.basename(compiled)}.map`] = MAP_COMMENT.exec(readFileSync(compiled, 'utf8')) ?? [];
    const [, base64] = /^data:application\/json[^,]*;base64,(.+)$/.exec(url) ?? [];
    const text =
      base64 === undefined
        ? readFileSync(path.resolve(path.dirname(compiled), decodeURI(url)), 'utf8')
        : Buffer.from(base64, 'base64').toString();
    return new SourceMap(JSON.parse(text) as SourceMapPayload);
  } catch {
    return undefined;
  }
}

/** @returns the path of a source; a relative source, whose folder only the author of the archive knows, stays as it is */
function sourcePath(source: string): string {
  return source.startsWith('file:') ? fileURLToPath(source) : source;
}
