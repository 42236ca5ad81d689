/** `npm run bootstrap`: creates the state bucket, the roles of the pipeline, and API Gateway's role. An account needs it once in each region. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { pipelineName, reviewKeyName, STATE_STACK_KEY } from '../stacks/names';
import { hasPreviews } from '../stacks/previews';
import { definitions, readSettings, type Settings } from '../stacks/settings';
import { checkAccount } from './bootstrap/account-checks';
import { cli } from './cli';
import { stateAdministrators } from './bootstrap/administrators';
import { advice, type FoundSettings, hasAllSettings, type Outputs } from './bootstrap/advice';
import { Bucket } from './bootstrap/bucket';
import { approve, confirmDestruction, refuseInUse, WORK_FOLDER } from './bootstrap/confirmations';
import { checklist, checklistText, checksByHand } from './bootstrap/checklist';
import { type FoundLogRole, findLogRole, refuseForeignLogRole } from './bootstrap/log-role';
import { refusePreviewsBeside } from './bootstrap/preview-states';
import { repositoryFindings } from './bootstrap/repository-findings';
import { repositoryIds } from './bootstrap/repository-ids';
import { BootstrapState, type StateLocation } from './bootstrap/state';
import { readProjectFile, ROOT } from './project';
import { stacksWithTokens } from './smoke/stacks-with-auth';
import { synth } from './terraform/synth';
import { terraform } from './terraform/terraform';

const HELP = `Creates the S3 bucket for Terraform's states. When the settings name a GitHub repository, it also
creates the two roles that its workflows assume, the permissions boundary of the functions' roles,
and an access log. With the setting previews, it also creates the role and the boundary of
previews. It refuses OWN_ACCOUNT while the bucket holds a state of another environment. With the
setting apiGatewayLogRole CREATE, it also creates the role with which API Gateway writes access
logs of REST APIs; it refuses to replace the role of another owner. At the end, it prints a
checklist of what is done.

  npm run bootstrap -- [options]

  --bucket NAME   name of the bucket (default: the setting stateBucket, or
                  cdktf-serverless-crud-state-<account>-<region>)
  --destroy       removes the bucket and the roles; refused while the bucket holds the state of
                  another stack
  --confirm NAME  with --destroy: confirms with the name of the bucket, without a question
  --yes           does not ask before it removes or replaces resources, for example a role
  --help          shows this help

It needs AWS credentials that may create buckets and roles. It asks GitHub's API for the ids of
the repository, unless the settings have them; for a private repository, set GITHUB_TOKEN. With
the token of an administrator, the checklist has the settings of the repository. You can run it
repeatedly: it applies changed settings, and finishes an interrupted run.
`;

// Turns off the SDK's warning about Node.js 20, which this project supports.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const step = (text: string) => console.log(`\n== ${text}`);

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const { context } = readProjectFile();
  const settings = readSettings(context, { ...process.env, ...(options.bucket && { STATE_BUCKET: options.bucket }) });
  const { account, arn } = await findCaller(settings.region);
  const name = settings.stateBucket || `cdktf-serverless-crud-state-${account}-${settings.region}`;
  const bucket = new Bucket(name, settings.region, account);
  if (options.destroy) await destroy(bucket, options.confirm);
  else await create(bucket, { context, settings, callerArn: arn, yes: options.yes });
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      bucket: { type: 'string' },
      destroy: { type: 'boolean', default: false },
      confirm: { type: 'string' },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.confirm !== undefined && !values.destroy) throw new Error('--confirm needs --destroy.');
  return values;
}

async function findCaller(region: string): Promise<{ account: string; arn: string }> {
  try {
    const { Account: account = '', Arn: arn = '' } = await new STSClient({ region }).send(
      new GetCallerIdentityCommand(),
    );
    console.log(`Account ${account}, region ${region}, as ${arn}`);
    return { account, arn };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    // Errors of the network have a code, such as ECONNREFUSED or ENOTFOUND. Errors of AWS and of the credentials have none.
    throw new Error(
      code === undefined
        ? `AWS did not accept the credentials: ${message}. Check AWS_PROFILE, or sign in.`
        : `AWS did not answer: ${message}. Check the network and AWS_ENDPOINT_URL.`,
    );
  }
}

interface SynthesizedState {
  readonly state: BootstrapState;
  /** Names of all stacks of the app. */
  readonly stacks: readonly string[];
}

/** @param found settings that replace those of cdktf.json and the environment */
async function synthesizeState(bucket: Bucket, found: FoundSettings): Promise<SynthesizedState> {
  step('Synthesizing the stack state');
  const stacks = await synth({ out: WORK_FOLDER, environment: toEnvironment(found) });
  const folder = stacks.find(({ name }) => name === 'state')?.folder;
  if (folder === undefined) throw new Error('The app has no stack named state. Create a StateStack in main.ts.');
  const state = new BootstrapState(folder, path.join(ROOT, WORK_FOLDER), bucket);
  return { state, stacks: stacks.map(({ name }) => name) };
}

/** The boundary that this run creates. With the setting, synth does not warn that it is missing. */
function boundarySetting(settings: Settings, callerArn: string): FoundSettings {
  if (settings.githubRepository === '') return {};
  const [, partition = 'aws', , , account = ''] = callerArn.split(':');
  return { permissionsBoundary: `arn:${partition}:iam::${account}:policy/${pipelineName(settings, 'boundary')}` };
}

/** Writes settings as environment variables. */
function toEnvironment(settings: FoundSettings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      definitions[name as keyof Settings].variable,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

interface CreateOptions {
  /** The context of cdktf.json. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly settings: Settings;
  readonly callerArn: string;
  /** Whether to apply without a confirmation when the plan removes or replaces resources. */
  readonly yes: boolean;
}

async function create(bucket: Bucket, { context, settings, callerArn, yes }: CreateOptions): Promise<void> {
  if (hasPreviews(settings.previews) && (await bucket.exists())) await refusePreviewsBeside(bucket, settings);
  const found = {
    stateBucket: bucket.name,
    ...(await repositoryIds(settings, process.env)),
    stateAdministrators: await stateAdministrators(settings, callerArn),
    // Without these settings in cdktf.json, the next run would delete the roles.
    ...(settings.apiGatewayLogRole === 'CREATE' && { apiGatewayLogRole: 'CREATE' }),
    ...(hasPreviews(settings.previews) && { previews: settings.previews }),
  };
  const { state, stacks } = await synthesizeState(bucket, { ...found, ...boundarySetting(settings, callerArn) });
  const location = await state.find();
  const logRole = await readLogRole(bucket, state, location, settings.apiGatewayLogRole === 'CREATE');
  if (logRole) refuseForeignLogRole(settings, logRole);
  if (location === 'bucket') {
    step(`Found the state in the bucket ${bucket.name}: applying changes`);
    await state.useBucket();
  } else {
    step(`${location === 'file' ? 'Continuing with' : 'Creating'} the bucket ${bucket.name}, with the state in a file`);
    await state.useFile();
  }
  if (logRole?.owner === 'foreign') {
    console.log(`The settings of API Gateway name the role ${logRole.arn} of another owner: the state forgets them.`);
    state.forgetLogSettings();
  }
  const removed = await state.plan();
  if (removed.length > 0 && !yes) await approve(removed);
  await state.apply();
  if (location !== 'bucket') {
    step('Moving the state into the bucket');
    await state.moveToBucket();
    console.log(`The state is now s3://${bucket.name}/${STATE_STACK_KEY}.`);
  }
  if (settings.githubRepository !== '') await bucket.createReviewKey(reviewKeyName(settings));
  const outputs = JSON.parse((await terraform(state.folder, ['output', '-json'])).stdout) as Outputs;
  const { permissions_boundary: boundary } = outputs;
  const allFound = { ...found, ...(boundary && { permissionsBoundary: boundary.value }) };
  console.log(advice(context, settings, allFound, outputs));
  const items = checklist(settings, {
    bucket: bucket.name,
    hasSettings: hasAllSettings(context, allFound),
    logRole: await orError(async () => findLogRole(bucket, await state.logRole('bucket'))),
    account: await checkAccount(settings, { partition: callerArn.split(':')[1] ?? 'aws', account: bucket.account }),
    findings: await orError(() => repositoryFindings(settings, process.env)),
  });
  console.log(checklistText(items, checksByHand(settings, await stacksWithTokens(stacks))));
}

/** The error of a failed check. The resources exist when the checklist is made, so bootstrap has not failed. */
async function orError<T>(check: () => Promise<T>): Promise<T | Error> {
  try {
    return await check();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/**
 * Reads API Gateway's role for logs when this run may change it.
 * @returns undefined when the stack neither has nor creates the role: API Gateway's permissions are then not needed
 */
async function readLogRole(
  bucket: Bucket,
  state: BootstrapState,
  location: StateLocation,
  creates: boolean,
): Promise<FoundLogRole | undefined> {
  if (!creates && !(await state.hasLogSettings(location))) return undefined;
  return findLogRole(bucket, await state.logRole(location));
}

async function destroy(bucket: Bucket, typedName: string | undefined): Promise<void> {
  const { state } = await synthesizeState(bucket, { stateBucket: bucket.name });
  const location = await state.find();
  if (location === 'nowhere')
    throw new Error(`There is no bucket ${bucket.name} to destroy. Pass the name of the bucket with --bucket.`);
  refuseInUse(bucket, location, (await bucket.exists()) ? await bucket.reasonsToKeep() : []);
  const logRole = await readLogRole(bucket, state, location, false);
  if (logRole?.owner === 'own')
    console.log(`\nWithout the role ${logRole.arn}, all REST APIs in ${bucket.region} stop writing access logs.`);
  await confirmDestruction(bucket.name, typedName);
  step('Moving the state out of the bucket');
  if (location === 'bucket') {
    await state.useBucket();
    await state.moveToFile();
  } else {
    await state.useFile();
  }
  step('Destroying the buckets with all old versions of the states, and the roles');
  // The settings name a role of another owner: Terraform must not reset them.
  if (logRole?.owner === 'foreign') await state.removeLogSettings();
  await state.unprotect();
  refuseInUse(bucket, 'file', await bucket.reasonsToKeep());
  await terraform(state.folder, ['destroy', '-auto-approve', '-no-color'], { show: true });
  rmSync(path.join(ROOT, WORK_FOLDER), { recursive: true });
  console.log(
    `\nThe bucket and the roles are removed. If cdktf.json names ${bucket.name} as stateBucket, remove that setting.`,
  );
}

cli('bootstrap', main);
