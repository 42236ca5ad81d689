/** Reads a file while another process writes it. */
import { closeSync, type FSWatcher, openSync, readSync, watch } from 'node:fs';

/** Maximum number of bytes of one read. */
const BUFFER_BYTES = 65_536;

/** Passes each new part of an existing file to `show`. @returns a function that passes the rest, and closes the file */
export function followFile(file: string, show: (text: string) => void): () => void {
  const descriptor = openSync(file, 'r');
  const buffer = Buffer.alloc(BUFFER_BYTES);
  const decoder = new TextDecoder();
  const readNewParts = () => {
    let bytes: number;
    while ((bytes = readSync(descriptor, buffer, 0, buffer.length, null)) > 0) {
      show(decoder.decode(buffer.subarray(0, bytes), { stream: true }));
    }
  };
  const watcher = startWatcher(file, readNewParts);
  // The watcher reports only later changes.
  readNewParts();
  return () => {
    watcher?.close();
    readNewParts();
    closeSync(descriptor);
  };
}

/** @returns undefined when the system allows no further watcher: the text is then shown at the end */
function startWatcher(file: string, onChange: () => void): FSWatcher | undefined {
  try {
    return watch(file, onChange);
  } catch {
    return undefined;
  }
}
