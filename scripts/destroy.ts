/** `npm run destroy`: destroys the stacks with all their data, after a confirmation. */
import { parseArgs } from 'node:util';
import { ask, cli, requireTerminal } from './cli';
import { projectSettings } from './settings';
import { cdktf } from './terraform/cdktf';
import { refuseForgottenStates, requireStateBucket } from './terraform/local-state';
import { TERRAFORM_WRAPPER } from './terraform/program';
import { selectStacks, synth } from './terraform/synth';

const HELP = `Destroys the stacks with all their data. It asks you to type the stack names.

  npm run destroy -- [--yes] [stack ...]

  --yes   does not ask
  stack   destroys only these stacks (default: all but state, which npm run bootstrap deploys)
  --help  shows this help
`;

const NO_TERMINAL = 'Without a terminal, destroy cannot ask for the confirmation. Pass --yes to destroy without it.';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { yes: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  // With names, a wrong name is the first error. It needs the synth.
  if (!values.yes && positionals.length === 0) requireTerminal(NO_TERMINAL);
  requireStateBucket(projectSettings());
  console.log('Synthesizing ...');
  const stacks = selectStacks(await synth(), positionals);
  if (!values.yes) requireTerminal(NO_TERMINAL);
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
