/**
 * Sends what the code writes to stdout and stderr to the pool, immediately. The streams that Node.js gives a thread buffer output,
 * and lose it when the code loops endlessly.
 */
import type { Stream } from '../worker-messages';

interface Chunk {
  readonly chunk: string | Buffer;
  readonly encoding: string;
}

/** Longer texts are sent in pieces. */
const MAX_PIECE_CHARACTERS = 64 * 1024;

/**
 * @param send receives each piece as it is written. It may block, as a full pipe does
 * @returns writes a text to a stream
 */
export function redirectOutput(send: (stream: Stream, text: string) => void): typeof send {
  const write = (stream: Stream, text: string) => {
    for (let start = 0; start < text.length;) {
      const piece = text.slice(start, endOfPiece(text, start));
      send(stream, piece);
      start += piece.length;
    }
  };
  for (const stream of ['stdout', 'stderr'] as const) {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    // The stream object stays, as Node.js uses it in the thread. It passes strings on as strings.
    process[stream]._writev = (chunks: readonly Chunk[], done) => {
      write(stream, chunks.map((chunk) => textOf(chunk, decoder)).join(''));
      done();
    };
  }
  return write;
}

/** Does not split a surrogate pair. */
function endOfPiece(text: string, start: number): number {
  const end = start + MAX_PIECE_CHARACTERS;
  const isHighSurrogate = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
  return isHighSurrogate ? end - 1 : end;
}

function textOf({ chunk, encoding }: Chunk, decoder: InstanceType<typeof TextDecoder>): string {
  if (typeof chunk === 'string' && /^utf-?8$/i.test(encoding)) return chunk;
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding as BufferEncoding) : chunk;
  return decoder.decode(bytes, { stream: true });
}
