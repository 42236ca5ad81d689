/** `npm run destroy`: destroys the stacks with all their data, after a confirmation. */
import { parseArgs } from 'node:util';
import { ask, cli } from './cli';
import { cdktf, TERRAFORM_WRAPPER } from './terraform/cdktf';
import { refuseForgottenStates } from './terraform/local-state';
import { selectStacks, synth } from './terraform/synth';

const HELP = `Destroys the stacks with all their data. It asks you to type the stack names.

  npm run destroy -- [--yes] [stack ...]

  --yes   does not ask
  stack   destroys only these stacks (default: all but state, which npm run bootstrap deploys)
  --help  shows this help
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
  if (!values.yes && !process.stdin.isTTY) {
    throw new Error('Without a terminal, destroy cannot ask for the confirmation. Pass --yes to destroy without it.');
  }
  console.log('Synthesizing ...');
  const stacks = selectStacks(await synth(), positionals);
  refuseForgottenStates(stacks);
  const names = stacks.map(({ name }) => name);
  if (!values.yes) await confirm(names.join(' '));
  await cdktf(['destroy', ...names, '--skip-synth', '--auto-approve', '--skip-provider-lock'], {
    TERRAFORM_BINARY_NAME: TERRAFORM_WRAPPER,
  });
}

async function confirm(names: string): Promise<void> {
  const question = `\nThis destroys all resources of the stacks, including the tables with all items. To confirm, type ${names}: `;
  const typed = (await ask(question)) ?? '';
  if (typed !== names) throw new Error(`Nothing was destroyed: ${JSON.stringify(typed)} is not ${names}.`);
}

cli('destroy', main);
