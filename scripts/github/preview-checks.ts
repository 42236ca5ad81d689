/** The checks of the repository's settings that previews need. They run only with the setting `previews`. */
import { type Check, type Environment, Unknown } from './repository-checks';
import { environmentVariable, variable } from './repository-reads';

/** The environment that preview.yml and preview-sweep.yml name. */
const ENVIRONMENT = 'preview';
const LABEL = 'preview';
const ROLE_VARIABLE = 'AWS_PREVIEW_ROLE_ARN';

/** The refs of the runs that use the environment: of pull requests, and of the sweep. */
const REFS = ['refs/pull/*/merge', 'main'];

export const PREVIEW_CHECKS: readonly Check[] = [
  [
    'preview-environment',
    'pull requests and main may use the environment preview',
    async ({ github }) => {
      const { deployment_branch_policy: policy } = await github.send<Environment>(
        'GET',
        `/environments/${ENVIRONMENT}`,
      );
      if (!policy) return undefined;
      if (!policy.custom_branch_policies) return 'the environment admits only protected branches, so no pull request';
      const { branch_policies: policies } = await github.send<{ branch_policies: { name: string }[] }>(
        'GET',
        `/environments/${ENVIRONMENT}/deployment-branch-policies`,
      );
      const missing = REFS.filter((ref) => !policies.some(({ name }) => name === ref));
      return missing.length > 0 ? `the environment does not admit ${missing.join(', ')}` : undefined;
    },
  ],
  [
    'preview-label',
    'the label preview exists',
    async ({ github }) => {
      await github.send('GET', `/labels/${LABEL}`);
      return undefined;
    },
  ],
  [
    'preview-variable',
    `the variable ${ROLE_VARIABLE} is set`,
    async ({ github, isAdministrator }) => {
      if (await variable(github, ROLE_VARIABLE)) return undefined;
      if (isAdministrator === false) throw new Unknown(`the token cannot read ${ROLE_VARIABLE}`);
      return `not set: ${ROLE_VARIABLE}; npm run bootstrap prints the value`;
    },
  ],
];

/** The variables of the environment `preview` that name the account of the previews. */
const ACCOUNT_VARIABLES = ['PREVIEWS', 'STATE_BUCKET', 'PERMISSIONS_BOUNDARY'];

/** The checks that only `previews: OWN_ACCOUNT` needs. */
export const OWN_ACCOUNT_CHECKS: readonly Check[] = [
  [
    'preview-account',
    `the environment preview has the variables ${ACCOUNT_VARIABLES.join(', ')}`,
    async ({ github, isAdministrator }) => {
      const values = await Promise.all(
        ACCOUNT_VARIABLES.map(async (name) => [name, await environmentVariable(github, ENVIRONMENT, name)] as const),
      );
      const missing = values.filter(([, value]) => !value).map(([name]) => name);
      if (missing.length > 0 && isAdministrator === false)
        throw new Unknown(`the token cannot read ${missing.join(', ')}`);
      if (missing.length > 0)
        return `not set in the environment: ${missing.join(', ')}; npm run bootstrap prints the values`;
      const { PREVIEWS: previews } = Object.fromEntries(values);
      return previews === 'OWN_ACCOUNT' ? undefined : `PREVIEWS is ${previews}; set it to OWN_ACCOUNT`;
    },
  ],
];
