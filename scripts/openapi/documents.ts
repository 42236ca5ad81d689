/** Reads the OpenAPI documents that the synth of an app writes. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../project';
import { selectStacks, type SynthesizedStack, synth } from '../terraform/synth';

export interface OpenApiFile {
  /** Name of the stack. */
  readonly stack: string;
  readonly document: Readonly<Record<string, unknown>>;
}

/**
 * Synthesizes an app, and reads the document of each stack with an API.
 * @param positionals a folder with a cdktf.json, then names of stacks @default this project, and all its stacks
 * @throws Error when no stack has a document
 */
export async function readDocuments(positionals: readonly string[]): Promise<readonly OpenApiFile[]> {
  const [first = ''] = positionals;
  const isFolder = first !== '' && existsSync(path.join(ROOT, first, 'cdktf.json'));
  const names = isFolder ? positionals.slice(1) : positionals;
  const out = mkdtempSync(path.join(os.tmpdir(), 'openapi-'));
  try {
    const stacks = selectStacks(await synth({ root: isFolder ? path.join(ROOT, first) : ROOT, out }), names);
    const files = stacks.filter((stack) => existsSync(fileOf(stack)));
    if (files.length === 0)
      throw new Error('No stack has an OpenAPI document. Make its API with CrudStack or CrudApi.');
    return files.map((stack) => ({
      stack: stack.name,
      document: JSON.parse(readFileSync(fileOf(stack), 'utf8')) as OpenApiFile['document'],
    }));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function fileOf({ folder }: SynthesizedStack): string {
  return path.join(folder, 'openapi.json');
}
