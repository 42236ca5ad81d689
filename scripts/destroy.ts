/** `npm run destroy`: destroys the stacks, with all their data, once it was typed that they are meant. */
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { refuseForgottenStates } from './terraform/local-state';
import { cdktf, chosen, synth, TERRAFORM } from './terraform/synth';

const HELP = `Destroys the stacks, with all their data.

  npm run destroy -- [--yes] [stack ...]

  --yes   in place of asking
  stack   default: all but state, which is npm run bootstrap's
  --help  shows this
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { yes: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  if (!values.yes && !process.stdin.isTTY) throw new Error('There is no terminal to ask on: pass --yes.');
  console.log('Synthesizing ...');
  const stacks = chosen(await synth(), positionals);
  refuseForgottenStates(stacks);
  const names = stacks.map(({ name }) => name);
  if (!values.yes) await confirm(names);
  await cdktf(['destroy', ...names, '--skip-synth', '--auto-approve', '--skip-provider-lock'], {
    TERRAFORM_BINARY_NAME: TERRAFORM,
  });
}

async function confirm(names: readonly string[]): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const what = names.join(' ');
  const typed = await terminal.question(`\nThis destroys the tables with all items, and all else. Type ${what}: `);
  terminal.close();
  if (typed.trim() !== what) throw new Error(`Nothing was destroyed: ${JSON.stringify(typed)} is not ${what}.`);
}

cli('destroy', main);
