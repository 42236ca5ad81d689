/** Says what to do for each step of a rotation. It never contains the value of a key. */
import type { DeployedKey, RotationStep } from './api-keys';

export interface Rotation {
  readonly stack: string;
  /** The keys in the setting, from the oldest to the newest. */
  readonly configured: readonly string[];
  readonly deployed: readonly DeployedKey[];
  /** The log group of the access log. */
  readonly accessLog: string | undefined;
}

export function rotationText(step: RotationStep, { stack, configured, deployed, accessLog }: Rotation): string {
  const keys = deployed.map(({ key, id }) => `  ${key}  id ${id}`);
  return [`API keys of ${stack}:`, ...keys, '', ...adviceOf(step, { stack, configured, deployed, accessLog })].join(
    '\n',
  );
}

function adviceOf(step: RotationStep, { stack, configured, deployed, accessLog }: Rotation): string[] {
  const deploy = `Deploy it: npm run deploy -- ${stack}, or merge it when a pipeline deploys.`;
  const repeat = `Then run npm run rotate-key -- ${stack} again: it says what follows.`;
  switch (step.kind) {
    case 'add':
      return [
        'Step 1 of 3. Add a second key: write this below context in cdktf.json.',
        '',
        settingLine(stack, step.setting),
        '',
        `${deploy} The key ${step.setting[0]} keeps working.`,
        repeat,
      ];
    case 'deploy':
      return [
        `The setting apiKeys of ${stack} is ${configured.join(', ')}, which is not deployed.`,
        ...step.removed.map((key) => `The deployment deletes the key ${key}: callers with it then get a 403.`),
        deploy,
        repeat,
      ];
    case 'remove':
      return [
        `Step 2 of 3. Both keys work. Give the key ${configured.at(-1)} to all callers:`,
        `  npm run --silent rotate-key -- ${stack} --show    prints its value`,
        '',
        ...usageAdvice(step.old, deployed, accessLog),
        `Step 3 of 3. When no caller uses the key ${step.old}, write this below context in cdktf.json.`,
        '',
        settingLine(stack, step.setting),
        '',
        `${deploy} Callers with the key ${step.old} then get a 403.`,
      ];
    case 'unsafe':
      return [
        `The setting apiKeys of ${stack} is ${configured.join(', ')}, and none of these keys is deployed: this deployment would remove ` +
          'the keys of all callers, who would get a 403.',
        'Write this below context in cdktf.json first.',
        '',
        settingLine(stack, step.setting),
        '',
        ...(step.setting.some((key) => configured.includes(key)) ? [deploy] : []),
        repeat,
      ];
  }
}

function settingLine(stack: string, keys: readonly string[]): string {
  return `    "apiKeys": { ${JSON.stringify(stack)}: [${keys.map((key) => JSON.stringify(key)).join(', ')}] }`;
}

function usageAdvice(old: string, deployed: readonly DeployedKey[], accessLog: string | undefined): string[] {
  const id = deployed.find(({ key }) => key === old)?.id;
  if (id === undefined || accessLog === undefined) return [];
  return [
    `Find the callers that still use the key ${old} with CloudWatch Logs Insights, in the log group ${accessLog}:`,
    '',
    '    fields @timestamp, ip, method, path',
    `    | filter apiKeyId = "${id}"`,
    '',
  ];
}
