/** Lists the apps whose stacks checkov checks, with their settings: those of the profile `production`. */
import path from 'node:path';
import { definitions } from '../../stacks/settings';
import { exampleApps, readProjectFile, ROOT } from '../project';

export interface SecurityApp {
  /** Absolute path of the folder with cdktf.json. */
  readonly root: string;
  /** Settings, by environment variable. */
  readonly environment: Readonly<Record<string, string>>;
  /** The stacks to check, by name, and their names in the results. @default all stacks of the app, with their own names */
  readonly stacks?: Readonly<Record<string, string>>;
}

/** Values that the profile requires, and settings that add the optional parts of the stacks `state` and `operations`. */
const REQUIRED: Readonly<Record<string, string>> = {
  RESERVED_CONCURRENCY: '10',
  ALARM_EMAIL: 'alarms@example.com',
  MONTHLY_BUDGET_USD: '100',
  NAME_PREFIX: 'example',
  STATE_BUCKET: 'example-terraform-states',
  STATE_ADMINISTRATORS: '["arn:aws:iam::111122223333:role/administrator"]',
  PERMISSIONS_BOUNDARY: 'arn:aws:iam::111122223333:policy/boundary',
  API_GATEWAY_LOG_ROLE: 'CREATE',
  GITHUB_OIDC_REPOSITORY: 'example/project',
  GITHUB_OIDC_REPOSITORY_ID: '456789',
  GITHUB_OIDC_OWNER_ID: '123456',
};

const KMS_KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** Optional settings that exclude each other. */
const BACKUP = { BACKUP: 'true' };
const CREATED_KEY = { KMS_KEY: 'CREATE' };

/** Optional settings that add resources to APIs, and statements to the roles of the stack `state`. */
const OPTIONAL: Readonly<Record<string, string>> = {
  DOMAIN: 'api.example.com',
  HOSTED_ZONE: 'Z0123456789ABCDEFGHIJ',
  CANARY: 'LambdaCanary10Percent5Minutes',
  PREVIEWS: 'SHARED_ACCOUNT',
};

/** An API for each kind of auth, with domain names, a key, and releases in steps. */
const CALLERS: SecurityApp = {
  root: path.join(ROOT, '__tests__/support/callers-app'),
  environment: { ...REQUIRED, ...OPTIONAL, ...CREATED_KEY, PROFILE: 'production' },
};

/**
 * Returns this project with all optional settings, its stack `state` with the other kind of key, its examples with the defaults and a
 * backup, and the app with each kind of auth.
 */
export function securityApps(): SecurityApp[] {
  const defaults = { ...REQUIRED, ...productionDefaults(ROOT) };
  const examples = exampleApps().map((app) => path.join(ROOT, app));
  return [
    { root: ROOT, environment: { ...defaults, ...OPTIONAL, ...BACKUP, KMS_KEY } },
    {
      root: ROOT,
      environment: { ...defaults, ...OPTIONAL, ...CREATED_KEY },
      stacks: { state: 'state-with-created-key' },
    },
    ...examples.map((root) => ({ root, environment: { ...REQUIRED, ...BACKUP, ...productionDefaults(root) } })),
    CALLERS,
  ];
}

/**
 * Returns the defaults of the profile `production` for the settings that the app does not set, without the profile itself. The profile
 * refuses APIs with which anybody may write, such as the examples, but their resources are checked here too.
 */
function productionDefaults(root: string): Record<string, string> {
  const { context } = readProjectFile(root);
  const defaults = Object.entries(definitions).flatMap(([name, { variable, production }]) =>
    production === undefined || name === 'profile' || name in context
      ? []
      : [[variable, typeof production === 'object' ? JSON.stringify(production) : String(production)] as const],
  );
  return Object.fromEntries(defaults);
}
