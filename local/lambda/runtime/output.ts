/** What the code writes to stdout and stderr goes to the pool in messages of ours: a thread's own streams take two each, one of them back. */
import { type InstanceMessage, MOST_UNREAD } from '../protocol';

interface Chunk {
  readonly chunk: string | Buffer;
  readonly encoding: string;
}

/**
 * Each write is sent at once, so that none is lost when the code then never returns. Code that writes faster than it is read
 * waits: it must not fill the memory of the whole run.
 */
export function redirectOutput(send: (message: InstanceMessage) => void, shared: SharedArrayBuffer): void {
  const unread = new Int32Array(shared);
  for (const stream of ['stdout', 'stderr'] as const) {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    // The stream stays, as Node's own code in the thread uses it; it does not make buffers of strings.
    process[stream]._writev = (chunks: readonly Chunk[], done) => {
      const text = chunks.map((chunk) => textOf(chunk, decoder)).join('');
      send({ kind: 'output', stream, text });
      let ahead = Atomics.add(unread, 0, text.length) + text.length;
      while (ahead > MOST_UNREAD) {
        Atomics.wait(unread, 0, ahead);
        ahead = Atomics.load(unread, 0);
      }
      done();
    };
  }
}

function textOf({ chunk, encoding }: Chunk, decoder: InstanceType<typeof TextDecoder>): string {
  if (typeof chunk === 'string' && /^utf-?8$/i.test(encoding)) return chunk;
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding as BufferEncoding) : chunk;
  return decoder.decode(bytes, { stream: true });
}
