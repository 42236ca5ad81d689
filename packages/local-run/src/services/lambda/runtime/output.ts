/**
 * Sends the code's output to the pool immediately. The default stdout and stderr of a thread buffer their output, and lose
 * the buffered output in an endless loop.
 */
import type { Stream } from '../worker-messages';

interface Chunk {
  readonly chunk: string | Buffer;
  readonly encoding: string;
}

/** Longer texts are sent in pieces. */
const MAX_PIECE_CHARACTERS = 64 * 1024;

/**
 * Redirects the thread's stdout and stderr.
 * @param send receives each piece as the code writes it; may block, as a full pipe does
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
    // Keeps the stream object, which Node.js itself uses in the thread. The stream does not convert strings to buffers.
    process[stream]._writev = (chunks: readonly Chunk[], done) => {
      write(stream, chunks.map((chunk) => decodeChunk(chunk, decoder)).join(''));
      done();
    };
  }
  return write;
}

/** Where the piece ends. A piece does not end within a surrogate pair. */
function pieceEnd(text: string, start: number): number {
  const end = start + MAX_PIECE_CHARACTERS;
  const isHighSurrogate = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
  return isHighSurrogate ? end - 1 : end;
}

function decodeChunk({ chunk, encoding }: Chunk, decoder: InstanceType<typeof TextDecoder>): string {
  if (typeof chunk === 'string' && /^utf-?8$/i.test(encoding)) return chunk;
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding as BufferEncoding) : chunk;
  return decoder.decode(bytes, { stream: true });
}
