/** Makes the text that bootstrap prints at its end: settings to add to cdktf.json, and variables to set in the repository. */
import type { Settings } from '../../stacks/settings';

/** Outputs of the stack `state`, as `terraform output -json` prints them. */
export type Outputs = Readonly<Record<string, { readonly value: string }>>;

/** Settings that bootstrap found or used. cdktf.json needs no line for an empty value. */
export type FoundSettings = Partial<Record<keyof Settings, string | boolean | readonly string[]>>;

/**
 * Returns the text for a finished bootstrap.
 * @param context the context of cdktf.json
 * @param found settings that bootstrap found or used, which cdktf.json must contain
 * @param outputs outputs of the stack `state`; the ARNs of the roles are missing without a repository
 */
export function advice(
  context: Readonly<Record<string, unknown>>,
  settings: Settings,
  found: FoundSettings,
  outputs: Outputs,
): string {
  if (settings.previews === 'OWN_ACCOUNT') return previewAccountSteps(settings, found, outputs).join('\n');
  return [...settingsToAdd(context, found), ...pipelineSteps(settings, outputs)].join('\n');
}

/** Whether cdktf.json has all settings that bootstrap found. @param context the context of cdktf.json */
export function hasAllSettings(context: Readonly<Record<string, unknown>>, found: FoundSettings): boolean {
  return missingSettings(context, found).length === 0;
}

function missingSettings(context: Readonly<Record<string, unknown>>, found: FoundSettings) {
  return Object.entries(found).filter(
    // An id may be a number in cdktf.json.
    ([name, value]) => !isEmpty(value) && JSON.stringify(asText(context[name])) !== JSON.stringify(value),
  );
}

function isEmpty(value: string | boolean | readonly string[]): boolean {
  return typeof value !== 'boolean' && value.length === 0;
}

function settingsToAdd(context: Readonly<Record<string, unknown>>, found: FoundSettings): string[] {
  const missing = missingSettings(context, found);
  if (missing.length === 0) return ['', 'cdktf.json already contains the settings that bootstrap found.'];
  const lines = missing.map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return ['', 'Add this to the context of cdktf.json, and commit it:', '', lines.join(',\n')];
}

function asText(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

/** The steps for an account of previews: cdktf.json has the settings of the account of the other deployments. */
function previewAccountSteps(settings: Settings, found: FoundSettings, outputs: Outputs): string[] {
  return [
    '',
    `Change nothing in cdktf.json. Set this variable in the repository ${settings.githubRepository} (Settings, Secrets and variables, ` +
      'Actions, Variables):',
    '',
    `    AWS_PREVIEW_ROLE_ARN ${outputs['preview_role_arn']?.value ?? ''}`,
    '',
    'Create the environment preview (Environments) with these variables, and the label preview (Labels):',
    '',
    `    PREVIEWS             ${settings.previews}`,
    `    STATE_BUCKET         ${String(found.stateBucket)}`,
    `    PERMISSIONS_BOUNDARY ${String(found.permissionsBoundary)}`,
    ...(settings.stateKmsKey === '' ? [] : [`    STATE_KMS_KEY        ${settings.stateKmsKey}`]),
    '',
    'Then check the settings: PREVIEWS=OWN_ACCOUNT GITHUB_TOKEN=$(gh auth token) npm run github -- check',
  ];
}

function pipelineSteps(settings: Settings, outputs: Outputs): string[] {
  const { plan_role_arn: plan, deploy_role_arn: deploy, preview_role_arn: preview } = outputs;
  if (!plan || !deploy) {
    return [
      '',
      'To deploy from GitHub, add githubRepository (owner/name) and namePrefix to the context of cdktf.json, and repeat ' +
        'npm run bootstrap.',
    ];
  }
  return [
    '',
    'The deploy role may create only roles with this permissionsBoundary: without the setting, a deployment fails.',
    '',
    `Set these variables in the repository ${settings.githubRepository} (Settings, Secrets and variables, Actions, Variables):`,
    '',
    `    AWS_REGION           ${settings.region}`,
    `    AWS_PLAN_ROLE_ARN    ${plan.value}`,
    `    AWS_DEPLOY_ROLE_ARN  ${deploy.value}`,
    ...(preview ? [`    AWS_PREVIEW_ROLE_ARN ${preview.value}`] : []),
    '',
    ...(preview
      ? ['Create the environment preview (Environments) and the label preview (Labels) in the repository.', '']
      : []),
    'Then check the settings of the repository: GITHUB_TOKEN=$(gh auth token) npm run github -- check',
  ];
}
