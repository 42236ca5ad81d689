/**
 * One file with all synthesized stacks. Code of a pull request writes it in a job without credentials. Trusted code reads it in a
 * job with credentials, checks it, and writes the checked stacks to the output folder.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { alert } from '../markdown';
import { ROOT } from '../project';
import { checkTemplate, type TrustedTarget } from './check-template';
import { DEFAULT_OUT, type SynthesizedStack } from './synth';

const VERSION = 1;
const MAX_STACKS = 100;
/** Maximum size of the text for the summary. plan-summary accepts 20,000 bytes for --first; the rest is for leftover states. */
const MAX_FIRST_BYTES = 15_000;
const STACK_NAME = /^[a-z][a-z0-9-]{0,62}$/;

/** The file is damaged, or its stacks have forbidden parts. */
export class SynthesizedFileError extends Error {
  override readonly name = 'SynthesizedFileError';
}

interface SynthesizedFile {
  readonly version: number;
  /** Content of each cdk.tf.json. */
  readonly stacks: Readonly<Record<string, unknown>>;
  /** Markdown for the start of the summary. */
  readonly first: string;
}

export interface UnpackedStacks {
  /** The stacks, written to the output folder. Empty when there are moves. */
  readonly stacks: readonly SynthesizedStack[];
  readonly first: string;
  /** Reasons why the stacks can only be planned after the merge. */
  readonly moves: readonly string[];
}

/** Writes the file. @param first Markdown for the start of the summary */
export function writeSynthesizedFile(file: string, stacks: readonly SynthesizedStack[], first: string): void {
  const contents = stacks.map(({ name, folder }) => {
    const text = readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8');
    return [name, JSON.parse(text) as unknown] as const;
  });
  const json: SynthesizedFile = { version: VERSION, stacks: Object.fromEntries(contents), first };
  writeFileSync(file, JSON.stringify(json));
}

/**
 * Reads and checks the file, empties the output folder, and writes the stacks to it.
 * Leaves out the stack `state`: only `npm run bootstrap` deploys it.
 * @param targetOf returns the values that trusted code expects in a stack
 * @throws SynthesizedFileError that lists all faults
 */
export function unpackSynthesizedFile(
  text: string,
  targetOf: (stack: string) => TrustedTarget,
  out = path.join(ROOT, DEFAULT_OUT),
): UnpackedStacks {
  const { stacks, first } = parse(text);
  const checked = Object.entries(stacks)
    .filter(([name]) => name !== 'state')
    .map(([name, json]) => ({ name, ...checkTemplate(name, json, targetOf(name)) }));
  const faults = checked.flatMap((stack) => stack.faults);
  if (faults.length > 0) {
    const lines = faults.map((fault) => `  - ${fault}`);
    throw new SynthesizedFileError(
      ['Nothing was planned. The synthesized stacks have forbidden parts:', ...lines].join('\n'),
    );
  }
  const moves = checked.flatMap((stack) => stack.moves);
  if (moves.length > 0) return { stacks: [], first, moves };
  rmSync(out, { recursive: true, force: true });
  const written = checked.map(({ name, template }) => {
    const folder = path.join(out, 'stacks', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify(template, undefined, 2));
    return { name, folder };
  });
  return { stacks: written, first, moves };
}

/** Makes the text for the pull request when its stacks cannot be planned before the merge. */
export function notPlannedMarkdown(moves: readonly string[]): string {
  const title =
    'This pull request moves stacks to another state, region or provider. After the merge, the workflow deploy plans these stacks, ' +
    'shows the plan, and waits for the approval.';
  return `## Terraform plan: none before the merge\n\n${alert('WARNING', title, moves)}`;
}

function parse(text: string): SynthesizedFile {
  const fail = (problem: string): never => {
    throw new SynthesizedFileError(
      `The file with the synthesized stacks ${problem}. Write it with npm run synth -- --bundle.`,
    );
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return fail(`is not JSON (${JSON.stringify((error as Error).message)})`);
  }
  const { version, stacks, first } = (json ?? {}) as Partial<Record<keyof SynthesizedFile, unknown>>;
  if (version !== VERSION) return fail(`has version ${JSON.stringify(version)}, not ${VERSION}`);
  if (typeof stacks !== 'object' || stacks === null || Array.isArray(stacks)) return fail('has no stacks');
  if (typeof first !== 'string' || Buffer.byteLength(first) > MAX_FIRST_BYTES)
    return fail(`needs a text of at most ${MAX_FIRST_BYTES} bytes in the field "first"`);
  const names = Object.keys(stacks);
  if (names.length > MAX_STACKS) return fail(`has ${names.length} stacks; the maximum is ${MAX_STACKS}`);
  const wrong = names.filter((name) => !STACK_NAME.test(name));
  if (wrong.length > 0)
    return fail(`has the stack names ${JSON.stringify(wrong).slice(0, 200)}; allowed are a-z, 0-9 and -`);
  return { version: VERSION, stacks: stacks as SynthesizedFile['stacks'], first };
}
