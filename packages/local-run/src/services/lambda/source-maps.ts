/** Source maps of functions: for debuggers, and for positions in stack traces. */
import { appendFileSync, copyFileSync, existsSync, readFileSync, realpathSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findHandlerFile } from './handler-file';

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
      return `${sourcePath(fileName, file)}:${lineNumber}:${columnNumber}`;
    });
  }

  private mapOf(file: string): SourceMap | undefined {
    if (!this.maps.has(file)) this.maps.set(file, readMap(`${file}.map`));
    return this.maps.get(file);
  }
}

/** @returns undefined when the map is missing or damaged */
function readMap(file: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(file, 'utf8')) as SourceMapPayload);
  } catch {
    return undefined;
  }
}

/** @param compiled the compiled file. Relative sources are relative to its folder */
function sourcePath(source: string, compiled: string): string {
  return source.startsWith('file:') ? fileURLToPath(source) : path.resolve(path.dirname(compiled), source);
}
