/** `npm run deploy`: plans the stacks, and applies the plans if they are approved or equal the reviewed plans. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  parseCommit,
  type Plan,
  readPlan,
  readReview,
  readKey,
  type ReviewKey,
  terminalSummary,
  terminalWarnings,
} from 'plan-review';
import type { Settings } from '../stacks/settings';
import { shiftsText } from './canary/announcement';
import { CodeDeploy } from './canary/code-deploy';
import { plannedShifts } from './canary/planned-shifts';
import { refusePendingShifts, shiftLive } from './canary/shift-live';
import { ask, cli, requireTerminal } from './cli';
import { compareWithReview } from './compare-with-review';
import { Failures } from './failures';
import { ROOT } from './project';
import { findBeforeApply } from './redeploy/found-deployments';
import { replaceStaleDeployments } from './redeploy/redeploy';
import { announcementText, staleDeployments } from './redeploy/removed-routes';
import { ServedRoutes } from './redeploy/served-routes';
import { projectSettings } from './settings';
import { cdktf, CdktfError } from './terraform/cdktf';
import { requireStateBucket } from './terraform/local-state';
import { makePlans, PLAN_FILE } from './terraform/plans';
import { TERRAFORM_WRAPPER } from './terraform/program';
import { fetchReviewKey } from './terraform/review-key';
import { StateObjects } from './terraform/state-objects';
import { selectStacks, synth } from './terraform/synth';
import { refuseMovedAliases } from './versions/moved-aliases';
import { deleteOldVersions } from './versions/old-versions';
import { movesWithoutPlan, rolledBackFunctions, rolledBackText } from './versions/rolled-back';
import { Versions } from './versions/versions';

const HELP = `Deploys the stacks: plans them, shows the plan, asks for approval, and applies that plan.

  npm run deploy -- [options] [stack ...]

  --reviewed FILE      does not ask; deploys only if the plan equals the reviewed plan in this
                       summary (npm run plan-summary writes it)
  --commit SHA         the commit that the reviewed plan must be for
  --key FILE           the key of the reviewed summary (default: the key of the pipeline in the
                       state bucket, if the settings name a repository; otherwise as for npm run
                       plan-review)
  --yes                does not ask; deploys any plan
  --one-by-one         deploys one stack after the other, because API Gateway limits how often an
                       account may create REST APIs and deployments
  --ignore-alarms      with the setting canary: active alarms do not stop the move to the new
                       version, for example when it fixes the fault that they report
  --outputs-file FILE  writes the outputs to this file, including sensitive outputs, for npm run
                       smoke
  stack                deploys only these stacks (default: all but state, which npm run bootstrap
                       deploys)
  --help               shows this help

When the plan differs from the reviewed plan, deploy prints the differences, changes nothing and
ends with status 1. A stack without changes needs no review, so you can repeat an interrupted
deployment. deploy applies exactly the plans that it compared; Terraform refuses a plan when the
state has changed since.

When a plan removes a route of a REST API, deploy then replaces the API Gateway deployment of that
API with a second plan. It does so too when an interrupted deploy left a removed route. It applies
the second plan only if that plan changes nothing else. With the setting canary, it then moves
changed functions to their new version with CodeDeploy, and waits: an alarm moves them back. At
the end, deploy deletes old versions of the functions: the ten newest and the live version stay,
for npm run rollback.
`;

const NO_TERMINAL =
  'Without a terminal, deploy cannot ask for approval. Pass --reviewed with the reviewed summary, or --yes.';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      reviewed: { type: 'string' },
      commit: { type: 'string' },
      key: { type: 'string' },
      yes: { type: 'boolean', default: false },
      'one-by-one': { type: 'boolean', default: false },
      'ignore-alarms': { type: 'boolean', default: false },
      'outputs-file': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  for (const name of ['commit', 'key'] as const) {
    if (values[name] !== undefined && values.reviewed === undefined)
      throw new Error(`--${name} needs --reviewed: pass the reviewed summary too.`);
  }
  if (values.reviewed !== undefined && values.yes)
    throw new Error('--reviewed and --yes exclude each other. Pass one of them.');
  if (values.reviewed !== undefined && values['ignore-alarms'])
    throw new Error('--reviewed and --ignore-alarms exclude each other: no review covers that. Pass one of them.');
  const commit = parseCommit(values.commit);
  // Reads the summary and the key first: unreadable files must fail before Terraform plans.
  const review = values.reviewed === undefined ? undefined : readReview(values.reviewed);
  const mustAsk = !review && !values.yes;
  // With names, a wrong name is the first error. It needs the synth.
  if (mustAsk && positionals.length === 0) requireTerminal(NO_TERMINAL);
  const settings = projectSettings();
  const key = review && (await reviewKey(values.key, settings));
  requireStateBucket(settings);
  console.log('Synthesizing ...');
  const stacks = selectStacks(await synth(), positionals);
  if (mustAsk) requireTerminal(NO_TERMINAL);
  const names = stacks.map(({ name }) => name);
  const stackPlans = await makePlans(stacks, { lock: true });
  const plans = stackPlans.map(({ stack, json }) => readPlan(json, stack));
  const planned = staleDeployments(stackPlans);
  const served = new ServedRoutes(settings.region);
  const versions = new Versions(settings.region);
  const found = await findBeforeApply(stackPlans, served);
  const rolledBack = rolledBackFunctions(stackPlans);
  if (review) compareWithReview(review, plans, stackPlans, { commit, key }, { staleDeployments: found, rolledBack });
  else if (found.length > 0 || movesWithoutPlan(rolledBack) || stackPlans.some(({ changes }) => changes)) {
    const announcement = announcementText([...found, ...planned]) + rolledBackText(rolledBack);
    await approve(plans, announcement + shiftsText(plannedShifts(stackPlans)), values.yes);
  }
  await refuseMovedAliases(stackPlans, versions);
  const parallelism = values['one-by-one'] ? ['--parallelism', '1'] : [];
  await apply(
    names,
    { outputsFile: values['outputs-file'], parallelism },
    {
      always: () => replaceStaleDeployments(stacks, stackPlans, planned, served),
      afterFailure: () => refusePendingShifts(stackPlans, versions),
    },
  );
  const codeDeploy = new CodeDeploy(settings.region);
  await shiftLive(stackPlans, { lambda: versions, codeDeploy }, { ignoreAlarms: values['ignore-alarms'] });
  await deleteOldVersions(stackPlans, versions);
}

/**
 * Applies the plans. Also replaces deployments of the stacks that were applied when another stack failed, because removed routes
 * answer 500 until then. After an interrupt, Terraform is still running, and the next deploy replaces them.
 * @param steps `always` runs after a failure too; `afterFailure` only then
 * @throws Error with all failures
 */
async function apply(
  names: readonly string[],
  options: DeployOptions,
  steps: Readonly<Record<'always' | 'afterFailure', () => Promise<void>>>,
): Promise<void> {
  const failures = new Failures();
  await deploy(names, options).catch((error: unknown) => {
    if (error instanceof CdktfError && error.interrupted) throw error;
    failures.add(error);
  });
  await failures.collect(steps.always);
  if (failures.count > 0) await failures.collect(steps.afterFailure);
  failures.throwAll();
}

/** Reads the key of the review. Without a file, it is the key with which the pipeline writes its summaries. */
async function reviewKey(file: string | undefined, settings: Settings): Promise<ReviewKey | undefined> {
  if (file !== undefined) return readKey(file);
  const fetched = await fetchReviewKey(new StateObjects(settings), settings);
  return readKey(fetched && path.join(ROOT, fetched));
}

/** @param announcement what deploy does after the apply */
async function approve(plans: readonly Plan[], announcement: string, yes: boolean): Promise<void> {
  console.log(`\n${terminalSummary(plans)}\n\n${terminalWarnings(plans)}\n${announcement}`);
  if (yes) return;
  const typed = await ask('Deploy this plan? Type yes to deploy it: ');
  if (typed !== 'yes') throw new Error('Nothing was deployed: the plan was not approved.');
}

interface DeployOptions {
  /** The file for the outputs. @default no file */
  readonly outputsFile: string | undefined;
  /** Options of cdktf that limit how many stacks it deploys at the same time. */
  readonly parallelism: readonly string[];
}

async function deploy(names: readonly string[], { outputsFile, parallelism }: DeployOptions): Promise<void> {
  const outputs =
    outputsFile === undefined
      ? []
      : ['--outputs-file', path.resolve(outputsFile), '--outputs-file-include-sensitive-outputs'];
  // Apply must use the provider lock file that the plan used.
  const options = ['--skip-synth', '--auto-approve', '--skip-provider-lock', ...parallelism, ...outputs];
  await cdktf(['deploy', ...names, ...options], {
    TERRAFORM_BINARY_NAME: TERRAFORM_WRAPPER,
    DEPLOY_PLAN_FILE: PLAN_FILE,
  });
}

cli('deploy', main);
