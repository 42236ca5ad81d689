/** What the code writes to stdout and stderr goes to the pool as texts of ours: a thread's own streams take two messages each. */
import type { Stream, Told } from '../protocol';

interface Chunk {
  readonly chunk: string | Buffer;
  readonly encoding: string;
}

/** Longer texts would each be a message. */
const MOST_CHARACTERS = 4 * 1024;

/**
 * Each write is sent at once, so that none is lost when the code then never returns. Code that writes faster than it is read
 * waits, as at a pipe that is full: it must not fill the memory of the whole run.
 * @returns writes what comes by none of the thread's streams
 */
export function redirectOutput(send: (told: Told) => void): (stream: Stream, text: string) => void {
  const write = (stream: Stream, text: string) => {
    for (let start = 0; start < text.length;) {
      const piece = text.slice(start, endOfPiece(text, start));
      send({ kind: 'output', stream, text: piece });
      start += piece.length;
    }
  };
  for (const stream of ['stdout', 'stderr'] as const) {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    // The stream stays, as Node's own code in the thread uses it; it does not make buffers of strings.
    process[stream]._writev = (chunks: readonly Chunk[], done) => {
      write(stream, chunks.map((chunk) => textOf(chunk, decoder)).join(''));
      done();
    };
  }
  return write;
}

/** Not between the two halves of a character. */
function endOfPiece(text: string, start: number): number {
  const end = start + MOST_CHARACTERS;
  const isHigh = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
  return isHigh ? end - 1 : end;
}

function textOf({ chunk, encoding }: Chunk, decoder: InstanceType<typeof TextDecoder>): string {
  if (typeof chunk === 'string' && /^utf-?8$/i.test(encoding)) return chunk;
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding as BufferEncoding) : chunk;
  return decoder.decode(bytes, { stream: true });
}
