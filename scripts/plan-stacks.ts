/** `npm run plan`: synthesizes, plans every stack, and leaves each plan as JSON beside it. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { makePlans } from './terraform/plans';
import { chosen, ROOT, synth } from './terraform/synth';

const HELP = `Plans the stacks and leaves each plan as JSON for npm run plan-summary.

  npm run plan -- [options] [stack ...]

  stack        default: all but state, which is npm run bootstrap's
  --no-lock    leaves the states unlocked: for a role that may only read
  --exit-code  ends with status 2 when there is anything to do
  --help       shows this
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
  const plans = await makePlans(chosen(await synth(), positionals), { lock: !values['no-lock'] });
  console.log(
    `\nNext: npm run plan-summary --silent -- ${plans.map(({ json }) => path.relative(ROOT, json)).join(' ')}`,
  );
  if (values['exit-code'] && plans.some(({ changes }) => changes)) process.exitCode = 2;
}

cli('plan', main);
