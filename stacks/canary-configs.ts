/** CodeDeploy's deployment configurations for Lambda that every account has (CodeDeploy user guide, "Working with deployment configurations"). */

/** The names without `CodeDeployDefault.`. */
export const CANARY_CONFIGS = [
  'LambdaCanary10Percent5Minutes',
  'LambdaCanary10Percent10Minutes',
  'LambdaCanary10Percent15Minutes',
  'LambdaCanary10Percent30Minutes',
  'LambdaLinear10PercentEvery1Minute',
  'LambdaLinear10PercentEvery2Minutes',
  'LambdaLinear10PercentEvery3Minutes',
  'LambdaLinear10PercentEvery10Minutes',
  'LambdaAllAtOnce',
] as const;

export type CanarySetting = 'NONE' | (typeof CANARY_CONFIGS)[number];

/** The prefix of the names in AWS. */
export const PREDEFINED = 'CodeDeployDefault.';

/** How a configuration moves the requests. */
export interface Shift {
  /** Such as `10 % of the requests for 5 minutes, then all`. */
  readonly text: string;
  /** Minutes until all requests go to the new version. */
  readonly minutes: number;
}

/** Describes a predefined configuration. @returns undefined for another configuration */
export function shiftOf(config: string): Shift | undefined {
  const match = /^CodeDeployDefault\.Lambda(AllAtOnce|(Canary|Linear)(\d+)Percent(?:Every)?(\d+)Minutes?)$/.exec(
    config,
  );
  if (!match) return undefined;
  const [, name, kind, percent, step] = match;
  if (name === 'AllAtOnce') return { text: 'all requests together', minutes: 0 };
  const time = step === '1' ? 'minute' : `${step} minutes`;
  if (kind === 'Canary') return { text: `${percent} % of the requests for ${time}, then all`, minutes: Number(step) };
  const steps = Math.ceil(100 / Number(percent)) - 1;
  return { text: `${percent} % more of the requests every ${time}`, minutes: steps * Number(step) };
}
