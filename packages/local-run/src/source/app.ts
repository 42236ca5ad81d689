/** Reads cdktf.json, which describes the CDKTF app in a folder. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SynthError } from './synth-error';

export interface App {
  /** The folder of cdktf.json. The command runs in it. */
  readonly folder: string;
  /** `app` in cdktf.json: a command for the shell. */
  readonly command: string;
  /** The app's context as JSON (CDKTF_CONTEXT_JSON): `context` in cdktf.json, the path of cdktf.json, and relative Terraform modules. */
  readonly contextJson: string;
}

/**
 * Reads the file at each call, without a cache.
 * @throws SynthError when the file is missing or not a JSON object, has no `app`, or has a faulty `context`
 */
export function readApp(folder: string): App {
  const file = path.join(folder, 'cdktf.json');
  const { app, context = {}, terraformModules } = parse(file, read(file));
  if (typeof app !== 'string' || app.trim() === '') {
    throw new SynthError(
      `${file} has no command to run: "app" is ${app === undefined ? 'missing' : JSON.stringify(app)}. ` +
        'Set "app" to the command that synthesizes, such as "npx ts-node main.ts".',
    );
  }
  if (!isObject(context)) {
    throw new SynthError(
      `"context" in ${file} is ${shorten(context)}. Set it to a JSON object, such as { "memoryMb": "512" }.`,
    );
  }
  const cdktfRelativeModules = relativeModules(terraformModules);
  return {
    folder,
    command: app,
    contextJson: JSON.stringify({ ...context, cdktfJsonPath: file, cdktfRelativeModules }),
  };
}

/** Selects the modules whose folders CDKTF copies to the stacks, as `cdktf synth` does. */
function relativeModules(modules: unknown): unknown[] {
  if (!Array.isArray(modules)) return [];
  return modules.filter((module: unknown) => {
    const source = isObject(module) && 'source' in module ? module.source : module;
    return typeof source === 'string' && /^\.\.?\//.test(source);
  });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new SynthError(
      `There is no CDKTF app to run: ${file} cannot be read (${code}). Pass the folder that has a cdktf.json: local-run DIR.`,
    );
  }
}

type ProjectFile = Readonly<Partial<Record<'app' | 'context' | 'terraformModules', unknown>>>;

function parse(file: string, text: string): ProjectFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new SynthError(`${file} is not valid JSON: ${(error as Error).message}. Correct the file.`);
  }
  if (isObject(content)) return content;
  throw new SynthError(`${file} is ${shorten(content)}. Write a JSON object with "app", as \`cdktf init\` does.`);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Formats a JSON value for an error message. */
function shorten(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
