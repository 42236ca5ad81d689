/** Makes the zip archive of a function. The same code gives the same bytes on every machine. */

/**
 * Fixes file times and modes. Zip times are local times and start in 1980.
 * fflate makes the archive, because the output of node:zlib depends on its version and on the processor.
 */
const OPTIONS = { level: 9, mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100644 << 16 } as const;

/** @param file name of the code in the archive: `index.js` */
export async function archiveOf(file: string, code: Uint8Array): Promise<Uint8Array> {
  // Imported here, not at the top: most runs find all bundles in the cache.
  const { zipSync } = await import('fflate');
  return zipSync({ [file]: [code, OPTIONS] });
}
