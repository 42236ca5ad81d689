/**
 * Sends the output of the function's code to the pool immediately. By default, the stdout and stderr of a thread buffer
 * output, and a handler in an endless loop would never send the buffer.
 */
import type { Stream } from '../worker-messages';

interface Chunk {
  readonly chunk: string | Buffer;
  readonly encoding: string;
}

/** Longer texts are sent in several pieces. */
const MAX_PIECE_CHARACTERS = 64 * 1024;

/**
 * Redirects the thread's stdout and stderr.
 * @param send called with each piece when the code writes it; may block, as a full pipe does
 * @returns a function that writes a text to a stream
 */
export function redirectOutput(send: (stream: Stream, text: string) => void): typeof send {
  const write = (stream: Stream, text: string) => {
    for (let start = 0; start < text.length;) {
      const piece = text.slice(start, pieceEnd(text, start));
      send(stream, piece);
      start += piece.length;
    }
  };
  for (const stream of ['stdout', 'stderr'] as const) {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    // Replaces only this method: Node.js itself uses the stream object in the thread.
    process[stream]._writev = (chunks: readonly Chunk[], done) => {
      write(stream, chunks.map((chunk) => decodeChunk(chunk, decoder)).join(''));
      done();
    };
  }
  return write;
}

/** Returns the end of the piece. Does not split a surrogate pair. */
function pieceEnd(text: string, start: number): number {
  const end = start + MAX_PIECE_CHARACTERS;
  const isHighSurrogate = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
  return isHighSurrogate ? end - 1 : end;
}

/** A chunk may be a string: these streams do not convert strings to buffers. */
function decodeChunk({ chunk, encoding }: Chunk, decoder: InstanceType<typeof TextDecoder>): string {
  if (typeof chunk === 'string' && /^utf-?8$/i.test(encoding)) return chunk;
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding as BufferEncoding) : chunk;
  return decoder.decode(bytes, { stream: true });
}
