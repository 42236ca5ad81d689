/** Reads the outputs file of a deployment. */
import { readFileSync } from 'node:fs';
import type { Outputs } from './step';

/** Stacks without an API. */
const OTHER_STACKS = ['operations', 'state'];

/** Returns the names of the stacks that have an API. */
export function apiStacks(outputs: Outputs): string[] {
  return Object.keys(outputs).filter((name) => !OTHER_STACKS.includes(name));
}

/** @throws Error when the file does not contain the outputs of stacks */
export function readOutputs(file: string): Outputs {
  let outputs: unknown;
  try {
    outputs = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'ENOENT'
        ? `There is no file ${file}. Write it with --outputs-file of npm start or npm run deploy.`
        : `${file} cannot be read as JSON: ${message}`,
    );
  }
  const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isObject(outputs) && Object.values(outputs as object).every(isObject)) return outputs as Outputs;
  throw new Error(
    `${file}: must be an object of stacks with their outputs, but is ${JSON.stringify(outputs).slice(0, 80)}. ` +
      'Write it with --outputs-file of npm start or npm run deploy.',
  );
}
