/** `npm run rollback`: moves the alias that APIs invoke to an older version of the functions of a stack. */
import { parseArgs } from 'node:util';
import { CodeDeploy } from './canary/code-deploy';
import { notStoppedText, stopShifts } from './canary/stop-shifts';
import { cli } from './cli';
import { Failures } from './failures';
import { projectLocation } from './settings';
import { StateObjects } from './terraform/state-objects';
import { type LiveFunction, liveFunctions } from './versions/live-functions';
import { moveAll, nextPlanText } from './versions/move-live';
import {
  type MovePlan,
  nothingMovedText,
  planMoves,
  readVersions,
  stayingText,
  versionsText,
} from './versions/plan-moves';
import { refuseRunningDeployment } from './versions/running-deployment';
import { Versions } from './versions/versions';

const HELP = `Goes back to an older version of the functions of a stack, within seconds and without Terraform.

  npm run rollback -- [options] STACK

  --to VERSION     goes to this version (default: the version before the newest one)
  --function NAME  only this function; may be repeated. Needed with --to when the stack has
                   several functions
  --list           lists the versions, and changes nothing
  --ignore-lock    goes back although a command holds the lock of the stack's state
  --help           shows this help

APIs invoke the alias live of their functions. rollback moves this alias. Without --function, it
moves only functions that the last deployment changed, and no authorizers: if it changed only an
authorizer, nothing moves. A function that is not at its newest version has gone back already: to
move it, name it with --function, and its version with --to.

The code, memory, timeout and environment variables of the functions go back. The table, the roles
and the routes stay as they are, so do not go back to a version that uses another table name,
index or permission. npm run deploy keeps the ten newest versions. The next npm run deploy moves
the alias to the newest version again: revert the faulty change first.

It needs only the settings region, environment, namePrefix and stateBucket, and these actions:
s3:GetObject on the state and its lock, s3:ListBucket on the bucket, lambda:GetAlias,
lambda:ListVersionsByFunction, lambda:UpdateAlias.

With the setting canary, it first stops running CodeDeploy deployments of the functions that it
moves. It also stops deployments of functions that have gone back already, because they would move
the functions forward again. A function whose requests go to two versions goes to the older version.
This also needs codedeploy:ListDeployments, codedeploy:GetDeployment and codedeploy:StopDeployment.
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      to: { type: 'string' },
      function: { type: 'string', multiple: true },
      list: { type: 'boolean', default: false },
      'ignore-lock': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [stack] = positionals;
  if (stack === undefined || positionals.length > 1)
    throw new Error('Name one stack: npm run rollback -- STACK. npm run rollback -- --help shows the options.');
  if (values.list && values.to !== undefined) throw new Error('--list and --to exclude each other. Pass one of them.');
  const location = projectLocation();
  const objects = new StateObjects(location);
  const versions = new Versions(location.region);
  const selected = select(stack, await liveFunctions(stack, location, objects), values.function);
  const functions = await readVersions(selected, versions);
  if (values.list) {
    console.log(functions.map(versionsText).join('\n\n'));
    return;
  }
  const options = { to: values.to, named: values.function !== undefined };
  let plan = planMoves(functions, options);
  if (!values['ignore-lock']) await refuseRunningDeployment(stack, location, objects);
  const touched = [...plan.moves, ...plan.staying].map(({ target }) => target);
  const { ended, failures } = await stopShifts(touched, new CodeDeploy(location.region));
  if (ended) plan = planMoves(await readVersions(selected, versions), options);
  if (plan.moves.length === 0 && !ended && failures.size === 0) {
    throw new Error(nothingMovedText(stack, [...plan.staying, ...plan.leftAlone]));
  }
  await carryOut(stack, plan, failures, versions);
}

/**
 * Moves the aliases. No move is left when CodeDeploy was stopped before the first request went to the new version.
 * @param notStopped functions that CodeDeploy may still move, and why: they are not moved
 * @throws Error that names all functions that were not moved
 */
async function carryOut(
  stack: string,
  plan: MovePlan,
  notStopped: ReadonlyMap<string, string>,
  versions: Versions,
): Promise<void> {
  const isStopped = ({ target }: { readonly target: LiveFunction }) => !notStopped.has(target.functionName);
  const moves = plan.moves.filter(isStopped);
  for (const target of [...plan.staying.filter(isStopped), ...plan.leftAlone]) console.log(stayingText(target));
  const failures = new Failures();
  await failures.collect(() => moveAll(stack, moves, versions, console.log));
  if (notStopped.size > 0) failures.add(new Error(notStoppedText(notStopped)));
  failures.throwAll();
  if (moves.length > 0) console.log(`\n${nextPlanText(moves, stack)}`);
}

/** @param names the names of functions; undefined for all @throws Error when the stack has no function with a name */
function select(stack: string, functions: readonly LiveFunction[], names: readonly string[] | undefined) {
  if (names === undefined) return functions;
  const known = functions.map(({ functionName }) => functionName);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`The stack ${stack} has no function ${unknown.join(', ')}. Name one of ${known.join(', ')}.`);
  return functions.filter(({ functionName }) => names.includes(functionName));
}

cli('rollback', main);
