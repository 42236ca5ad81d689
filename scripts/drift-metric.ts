/** `npm run drift-metric`: writes the age of the drift as a CloudWatch metric, which the alarms of the stack `operations` watch. */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { DRIFT_METRIC, metricsNamespace } from '../stacks/names';
import { cli } from './cli';
import { Github } from './github/api';
import { driftAgeHours } from './github/drift-issue';
import { projectSettings } from './settings';

const HELP = `Writes the CloudWatch metric ${DRIFT_METRIC}: the age of the open issue about drift in
hours, and 0 without an issue. The alarms of the stack operations watch it.
Run it after npm run github -- drift.

  npm run drift-metric

It reads GITHUB_TOKEN and GITHUB_REPOSITORY, which workflows set, and uses the AWS CLI. Without
the setting alarmEmail there are no alarms, so it writes nothing.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h', default: false } } });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const settings = projectSettings();
  if (settings.alarmEmail === '') {
    console.log('alarmEmail is empty, so there are no alarms about drift, and no metric.');
    return;
  }
  const hours = await driftAgeHours(Github.fromEnvironment(process.env));
  putMetric(metricsNamespace(settings), settings.region, hours);
  console.log(`${DRIFT_METRIC} is ${hours} in the namespace ${metricsNamespace(settings)}.`);
}

/** @throws Error when the AWS CLI is missing or fails */
function putMetric(namespace: string, region: string, value: number): void {
  const options = { namespace, 'metric-name': DRIFT_METRIC, value: String(value), region };
  const args = Object.entries(options).flatMap(([name, text]) => [`--${name}`, text]);
  const { error, status, stderr } = spawnSync('aws', ['cloudwatch', 'put-metric-data', ...args], { encoding: 'utf8' });
  if (error) throw new Error(`Cannot run the AWS CLI: ${error.message}. Install it: https://aws.amazon.com/cli`);
  if (status !== 0) {
    throw new Error(
      `Cannot write ${DRIFT_METRIC} to ${namespace} in ${region}: ${stderr.trim()}. If the role has no permission, repeat npm run ` +
        'bootstrap, which gives it to the plan role when alarmEmail is set.',
    );
  }
}

cli('drift-metric', main);
