/** `npm run plan`: synthesizes and plans the stacks, and writes each plan as JSON. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { ROOT } from './project';
import { makePlans } from './terraform/plans';
import { selectStacks, synth } from './terraform/synth';

const HELP = `Plans the stacks, and writes each plan as JSON for npm run plan-summary.

  npm run plan -- [options] [stack ...]

  stack        plans only these stacks (default: all but state, which npm run bootstrap deploys)
  --no-lock    does not lock the states, for a role that cannot write
  --exit-code  ends with status 2 when a plan has changes
  --help       shows this help
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'no-lock': { type: 'boolean', default: false },
      'exit-code': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  console.log('Synthesizing ...');
  const plans = await makePlans(selectStacks(await synth(), positionals), { lock: !values['no-lock'] });
  const files = plans.map(({ json }) => path.relative(ROOT, json));
  console.log(`\nNext: npm run plan-summary --silent -- ${files.join(' ')}`);
  if (values['exit-code'] && plans.some(({ changes }) => changes)) process.exitCode = 2;
}

cli('plan', main);
