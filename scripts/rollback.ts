/** `npm run rollback`: moves the alias that APIs invoke to an older version of the functions of a stack. */
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { projectSettings } from './settings';
import { StateObjects } from './terraform/state-objects';
import { liveFunctions } from './versions/live-functions';
import { nextPlanText, planMoves, readVersions, versionsText } from './versions/move-live';
import { Versions } from './versions/versions';

const HELP = `Goes back to an older version of the functions of a stack, within seconds and without Terraform.

  npm run rollback -- [options] STACK

  --to VERSION     goes to this version (default: the version before the live one)
  --function NAME  only this function; needed with --to when the stack has several functions
  --list           lists the versions, and changes nothing
  --help           shows this help

APIs invoke the alias live of their functions. rollback moves this alias. The table, the API and the settings of
the stack stay as they are. npm run deploy keeps the ten newest versions. The next npm run deploy moves the alias
to the newest version again: revert the faulty change first.
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      function: { type: 'string' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [stack, ...others] = positionals;
  if (stack === undefined || others.length > 0)
    throw new Error('Name one stack: npm run rollback -- STACK. npm run rollback -- --help shows the options.');
  if (values.list && values.to !== undefined) throw new Error('--list and --to exclude each other. Pass one of them.');
  const settings = projectSettings();
  const versions = new Versions(settings.region);
  const all = await liveFunctions(stack, settings, new StateObjects(settings));
  const selected = all.filter(({ functionName }) => [undefined, functionName].includes(values.function));
  if (selected.length === 0) {
    const names = all.map(({ functionName }) => functionName).join(', ');
    throw new Error(`The stack ${stack} has no function ${values.function}. Name one of ${names}.`);
  }
  const functions = await readVersions(selected, versions);
  if (values.list) {
    console.log(functions.map(versionsText).join('\n\n'));
    return;
  }
  const moves = planMoves(functions, values.to);
  for (const { functionName, live, to } of moves) {
    await versions.moveLive(functionName, to, live);
    console.log(`${functionName}: version ${to} is live now; it was version ${live.version}.`);
  }
  console.log(`\n${nextPlanText(moves, stack)}`);
}

cli('rollback', main);
