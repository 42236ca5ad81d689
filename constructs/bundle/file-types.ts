/** Types of files that a function can import besides TypeScript, JavaScript and JSON. */
import type { Loader } from 'esbuild';

/** Imported as strings. function/file-types.d.ts declares the same types for TypeScript. */
export const TEXT_FILES = [
  '.txt',
  '.md',
  '.html',
  '.csv',
  '.xml',
  '.svg',
  '.yaml',
  '.yml',
  '.sql',
  '.pem',
  '.graphql',
  '.gql',
];

/** Imported as Uint8Array. */
export const BINARY_FILES = ['.wasm', '.bin', '.png', '.jpg', '.pdf', '.ttf'];

/** The option `loader` of esbuild. */
export const LOADERS: Readonly<Record<string, Loader>> = {
  ...Object.fromEntries(TEXT_FILES.map((type) => [type, 'text' as const])),
  ...Object.fromEntries(BINARY_FILES.map((type) => [type, 'binary' as const])),
};
