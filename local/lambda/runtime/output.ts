/** What the code writes to stdout and stderr goes to the pool in messages of ours: a thread's own streams take two each, one of them back. */
import type { InstanceMessage } from '../protocol';

interface Chunk {
  readonly chunk: string | Buffer;
}

/** Each write is sent at once, so that none is lost when the code then never returns. */
export function redirectOutput(send: (message: InstanceMessage) => void): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const text = ({ chunk }: Chunk) => (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
    // The stream stays, as Node's own code in the thread uses it; it does not make buffers of strings.
    process[stream]._writev = (chunks: readonly Chunk[], done) => {
      send({ kind: 'output', stream, text: chunks.map(text).join('') });
      done();
    };
  }
}
