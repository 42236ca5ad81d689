/** `npm run rotate-key`: says the next step to replace the API key of a stack, without a 403 for callers. */
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { deployedKeys, FIRST_API_KEY, nextStep } from './rotate-key/api-keys';
import { rotationText } from './rotate-key/text';
import { projectSettings } from './settings';
import { type StateResource, stackResources } from './terraform/stack-state';
import { StateObjects } from './terraform/state-objects';

const HELP = `Says the next step to replace the API key of a stack. It changes nothing.

  npm run rotate-key -- [options] STACK

  --show  prints the value of the newest deployed key, and nothing else; pass --silent to npm
  --help  shows this help

A rotation has three steps, so no caller gets a 403:
  1. Add a second key with the setting apiKeys, and deploy. Both keys work.
  2. Give the new key to all callers, and wait until no caller uses the old key.
  3. Remove the old key from the setting, and deploy.

Run the command before the first step and after each deployment. It reads the state of the stack,
so the credentials must have access to the states.
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      show: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [stack, ...more] = positionals;
  if (stack === undefined || more.length > 0)
    throw new Error('Name one stack: npm run rotate-key -- STACK. npm run rotate-key -- --help shows the options.');
  const settings = projectSettings();
  const resources = await stackResources(stack, settings, new StateObjects(settings));
  const deployed = deployedKeys(stack, resources);
  const { apiKeys } = settings;
  const configured = (Object.hasOwn(apiKeys, stack) ? apiKeys[stack] : undefined) ?? [FIRST_API_KEY];
  if (values.show) {
    console.log(newestOf(stack, configured, deployed).value);
    return;
  }
  const step = nextStep(
    configured,
    deployed.map(({ key }) => key),
  );
  console.log(rotationText(step, { stack, configured, deployed, accessLog: accessLogOf(resources) }));
}

/** The last key of the setting that is deployed. */
function newestOf<K extends { readonly key: string }>(
  stack: string,
  configured: readonly string[],
  deployed: readonly K[],
): K {
  const newest = [...configured]
    .reverse()
    .flatMap((key) => deployed.find((candidate) => candidate.key === key) ?? [])[0];
  if (newest) return newest;
  throw new Error(
    `The setting apiKeys of ${stack} is ${configured.join(', ')}, but only ${deployed.map(({ key }) => key).join(', ')} is deployed. ` +
      `Run npm run rotate-key -- ${stack}, which says what to do.`,
  );
}

function accessLogOf(resources: readonly StateResource[]): string | undefined {
  const names = resources
    .filter(({ type }) => type === 'aws_cloudwatch_log_group')
    .map(({ attributes }) => attributes['name']);
  return names.map(String).find((name) => name.startsWith('/aws/vendedlogs/apigateway/'));
}

cli('rotate-key', main);
