/** `npm run smoke`: runs the documented session of each API against a deployment. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { sessions } from './smoke/sessions';
import { type Outputs, runSession } from './smoke/session';

const HELP = `Runs the documented session of each API against a deployment, and compares the answers.

  npm run smoke -- FILE

  FILE    outputs of the deployment, written by one of
            npm start -- --outputs-file FILE
            npm run deploy -- --outputs-file FILE
            cdktf deploy --outputs-file FILE --outputs-file-include-sensitive-outputs
  --help  shows this help

The sessions are in scripts/smoke/sessions.ts. Each session stores one item, and deletes it at its end. At the
first answer that differs from the documented answer, smoke ends with status 1.
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [file] = positionals;
  if (file === undefined) throw new Error(`The outputs file is missing.\n\n${HELP}`);
  const outputs = readOutputs(file);
  const known = Object.entries(outputs).filter(([stack]) => Object.hasOwn(sessions, stack));
  if (known.length === 0) {
    throw new Error(
      `${file}: no stack in it has a session. There are sessions for ${Object.keys(sessions).join(', ')}. ` +
        'Add one in scripts/smoke/sessions.ts.',
    );
  }
  for (const [stack, stackOutputs] of known) {
    const difference = await runSession(stack, stackOutputs, sessions[stack] ?? (() => []));
    if (difference !== undefined) throw new Error(difference);
  }
  for (const stack of Object.keys(outputs)) {
    if (!Object.hasOwn(sessions, stack)) console.log(`\n${stack}: has no session in scripts/smoke/sessions.ts.`);
  }
  console.log(`\n${known.map(([stack]) => stack).join(', ')}: as documented.`);
}

function readOutputs(file: string): Outputs {
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
  if (typeof outputs === 'object' && outputs !== null) return outputs as Outputs;
  throw new Error(
    `${file}: must be an object of stacks with their outputs, but is ${JSON.stringify(outputs).slice(0, 80)}.`,
  );
}

cli('smoke', main);
