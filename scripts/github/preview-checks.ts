/** The checks of the repository's settings that previews need. They run only with the setting `previews`. */
import { type Check, type Environment, Unknown } from './repository-checks';
import { variable } from './repository-reads';

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
