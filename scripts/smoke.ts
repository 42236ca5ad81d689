/** `npm run smoke -- outputs.json`: runs the documented session of every API whose outputs are in the file. */
import { readFileSync } from 'node:fs';
import { sessions } from './smoke/sessions';
import { type Outputs, runSession } from './smoke/session';

const USAGE =
  'Usage: npm run smoke -- outputs.json\n\n  outputs.json  written by npm start -- --outputs-file outputs.json, npm run deploy -- --outputs-file outputs.json,\n                or cdktf deploy --outputs-file outputs.json --outputs-file-include-sensitive-outputs';

function readOutputs(file: string | undefined): Outputs {
  if (file === undefined) fail(USAGE);
  let outputs: unknown;
  try {
    outputs = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    fail(`${code === 'ENOENT' ? `There is no file ${file}.` : `${file}: ${message}`}\n${USAGE}`);
  }
  if (typeof outputs === 'object' && outputs !== null) return outputs as Outputs;
  fail(`${file}: must be an object of stacks with their outputs, but is ${JSON.stringify(outputs).slice(0, 80)}.`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

async function main(): Promise<void> {
  const [, , file] = process.argv;
  const outputs = readOutputs(file);
  const known = Object.entries(outputs).filter(([stack]) => Object.hasOwn(sessions, stack));
  if (known.length === 0)
    fail(
      `${file}: no stack in it has a session; there are sessions for ${Object.keys(sessions).join(', ')}.\n${USAGE}`,
    );
  for (const [stack, values] of known) {
    const difference = await runSession(stack, values, sessions[stack] ?? (() => []));
    if (difference !== undefined) fail(`\n${difference}`);
  }
  for (const stack of Object.keys(outputs)) {
    if (!Object.hasOwn(sessions, stack)) console.log(`\n${stack}: has no session in scripts/smoke/sessions.ts.`);
  }
  console.log(`\n${known.map(([stack]) => stack).join(', ')}: as documented.`);
}

void main();
