import { advice } from '../../../scripts/bootstrap/advice';
import { readSettings } from '../../../stacks/settings';

const OUTPUTS = { plan_role_arn: { value: 'arn:plan' }, deploy_role_arn: { value: 'arn:deploy' } };
const FOUND = { stateBucket: 'states', githubRepositoryId: '1', stateAdministrators: ['arn:admin'] };
const settings = readSettings({ githubRepository: 'acme/crud', namePrefix: 'acme' }, {});

test('prints the settings that cdktf.json lacks or has with another value, as JSON for its context', () => {
  const text = advice({ stateBucket: 'old', githubRepositoryId: '1' }, settings, FOUND, OUTPUTS);
  const [, lines = ''] = /commit it:\n\n([^]*?)\n\n/.exec(text) ?? [];
  expect(JSON.parse(`{${lines}}`)).toEqual({ stateBucket: 'states', stateAdministrators: ['arn:admin'] });
});

test('prints no settings when cdktf.json has all of them, and leaves out empty settings', () => {
  const text = advice(FOUND, settings, { ...FOUND, githubOwnerId: '' }, OUTPUTS);
  expect(text).toContain('cdktf.json already contains the settings that bootstrap found.');
  expect(text).not.toContain('Add this');
});

test('prints the variables of the repository, or without a repository how to set up the pipeline', () => {
  expect(advice({}, settings, FOUND, OUTPUTS)).toContain('AWS_DEPLOY_ROLE_ARN  arn:deploy');
  expect(advice({}, readSettings({}, {}), FOUND, {})).toContain('add githubRepository (owner/name) and namePrefix');
});

test('prints the variable of the preview role, and what to create on GitHub, only with the setting previews', () => {
  const outputs = { ...OUTPUTS, preview_role_arn: { value: 'arn:preview' } };
  const text = advice({}, settings, { previews: 'SHARED_ACCOUNT' }, outputs);
  expect(text).toContain('AWS_PREVIEW_ROLE_ARN arn:preview\n');
  expect(text).toContain('"previews": "SHARED_ACCOUNT"');
  expect(text).toContain('Create the environment preview (Environments) and the label preview (Labels)');
  expect(advice({ previews: 'SHARED_ACCOUNT' }, settings, { previews: 'SHARED_ACCOUNT' }, outputs)).not.toContain(
    '"previews"',
  );
  expect(advice({}, settings, FOUND, OUTPUTS)).not.toContain('preview');
});

test('for an account of previews, prints the variables of the environment preview, and no settings for cdktf.json', () => {
  const own = readSettings({ githubRepository: 'acme/crud', namePrefix: 'acme', previews: 'OWN_ACCOUNT' }, {});
  const outputs = { ...OUTPUTS, preview_role_arn: { value: 'arn:preview' } };
  const text = advice({}, own, { ...FOUND, permissionsBoundary: 'arn:boundary' }, outputs);
  expect(text).toContain('    AWS_PREVIEW_ROLE_ARN arn:preview\n');
  expect(text).toContain('    PREVIEWS             OWN_ACCOUNT\n    STATE_BUCKET         states\n');
  expect(text).toContain('    PERMISSIONS_BOUNDARY arn:boundary\n');
  expect(text).not.toMatch(/Add this|STATE_KMS_KEY|AWS_DEPLOY_ROLE_ARN/);
});
