/** `npm run plan`: synthesizes and plans the stacks, and writes each plan as JSON. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Settings } from '../stacks/settings';
import { shiftsMarkdown, shiftsText } from './canary/announcement';
import { plannedShifts } from './canary/planned-shifts';
import { cli } from './cli';
import { ROOT } from './project';
import { findBeforeApply } from './redeploy/found-deployments';
import { announcementMarkdown, announcementText, staleDeployments } from './redeploy/removed-routes';
import { ServedRoutes } from './redeploy/served-routes';
import { projectSettings } from './settings';
import { findLeftoverStates, leftoverMarkdown, leftoverText } from './terraform/leftover-states';
import { requireStateBucket } from './terraform/local-state';
import { makePlans } from './terraform/plans';
import { fetchReviewKey } from './terraform/review-key';
import { StateObjects } from './terraform/state-objects';
import { selectStacks, synth, type SynthesizedStack } from './terraform/synth';
import { notPlannedMarkdown, unpackSynthesizedFile } from './terraform/synthesized-file';
import { textBeforePlans } from './terraform/text-before-plans';
import { trustedTarget } from './terraform/trusted-target';
import { rolledBackFunctions, rolledBackMarkdown, rolledBackText } from './versions/rolled-back';

const HELP = `Plans the stacks, and writes each plan as JSON for npm run plan-summary.

  npm run plan -- [options] [stack ...]

  stack               plans only these stacks (default: all but state, which npm run bootstrap
                      deploys)
  --with-state        plans the stack state too
  --no-lock           does not lock the states, for a role that cannot write
  --exit-code         ends with status 2 when a plan has changes, when a stage serves removed
                      routes, or when APIs invoke an older version; with status 4 when only a
                      removed stack still has resources
  --first FILE        Markdown for the start of the summary: quoted lines
  --synthesized FILE  plans the stacks in this file of npm run synth -- --bundle, after it has
                      checked them; ends with status 3 when they can only be planned after the
                      merge
  --help              shows this help

It also writes cdktf.out/first.md, for plan-summary's option --first. With the settings
stateBucket and githubRepository, it writes cdktf.out/review-key, for the option --key. With
status 3, it writes the reasons to cdktf.out/not-planned.md.
`;

/** Files for the next commands, relative to the project. */
const FIRST_FILE = 'cdktf.out/first.md';
const NOT_PLANNED_FILE = 'cdktf.out/not-planned.md';

function readOptions() {
  return parseArgs({
    allowPositionals: true,
    options: {
      'with-state': { type: 'boolean', default: false },
      'no-lock': { type: 'boolean', default: false },
      'exit-code': { type: 'boolean', default: false },
      first: { type: 'string' },
      synthesized: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

async function main(): Promise<void> {
  const { values, positionals } = readOptions();
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  if (values.first !== undefined && values.synthesized !== undefined)
    throw new Error('--first and --synthesized exclude each other: the file of --synthesized has its own text.');
  const settings = projectSettings();
  const first = values.first === undefined ? '' : readFileSync(values.first, 'utf8');
  const app =
    values.synthesized === undefined ? await synthesize(first, settings) : unpack(values.synthesized, settings);
  if (app.moves.length > 0) {
    write(NOT_PLANNED_FILE, notPlannedMarkdown(app.moves));
    console.log(`\nNothing was planned. The stacks can only be planned after the merge:\n${app.moves.join('\n')}`);
    process.exitCode = 3;
    return;
  }
  const stacks = selectStacks(app.stacks, positionals, { withState: values['with-state'] });
  const objects = new StateObjects(settings);
  const key = await fetchReviewKey(objects, settings);
  const plans = await makePlans(stacks, { lock: !values['no-lock'] });
  const names = app.stacks.map(({ name }) => name);
  // Without a state bucket there are no leftover states.
  const leftover = settings.stateBucket === '' ? [] : await findLeftoverStates(objects, settings, names);
  // The trusted text comes first: the other text can open a code block in its last line.
  const found = await findBeforeApply(plans, new ServedRoutes(settings.region));
  const stale = [...found, ...staleDeployments(plans)];
  const rolledBack = rolledBackFunctions(plans);
  const shifts = plannedShifts(plans);
  const deployed = [rolledBackMarkdown(rolledBack), announcementMarkdown(stale), shiftsMarkdown(shifts)];
  const text = textBeforePlans([leftoverMarkdown(leftover), ...deployed], app.first);
  write(FIRST_FILE, text);
  process.stdout.write(
    leftoverText(leftover) + rolledBackText(rolledBack) + announcementText(stale) + shiftsText(shifts),
  );
  const files = plans.map(({ json }) => path.relative(ROOT, json));
  const options = [...(text === '' ? [] : ['--first', FIRST_FILE]), ...(key === undefined ? [] : ['--key', key])];
  console.log(`\nNext: npm run plan-summary --silent -- ${[...options, ...files].join(' ')}`);
  if (!values['exit-code']) return;
  if (found.length > 0 || rolledBack.length > 0 || plans.some(({ changes }) => changes)) process.exitCode = 2;
  else if (leftover.length > 0) process.exitCode = 4;
}

interface SynthesizedApp {
  /** All stacks of the app. */
  readonly stacks: readonly SynthesizedStack[];
  readonly first: string;
  readonly moves: readonly string[];
}

async function synthesize(first: string, settings: Settings): Promise<SynthesizedApp> {
  requireStateBucket(settings);
  console.log('Synthesizing ...');
  return { stacks: await synth(), first, moves: [] };
}

function unpack(file: string, settings: Settings): SynthesizedApp {
  return unpackSynthesizedFile(readFileSync(file, 'utf8'), (stack) => trustedTarget(settings, stack));
}

function write(file: string, text: string): void {
  mkdirSync(path.join(ROOT, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(ROOT, file), text);
}

cli('plan', main);
