import { previewSettings, previewVariables, readPullRequest } from '../../../scripts/preview/settings';
import { BOUNDARY } from '../../support/pipeline-statements';

const context = {
  previews: 'OWN_ACCOUNT',
  githubRepository: 'acme/crud',
  namePrefix: 'acme',
  stateBucket: 'acme-states',
  permissionsBoundary: BOUNDARY,
};

test('reads the settings of the environment of the pull request, whatever the variable ENVIRONMENT says', () => {
  const sources = { context: { ...context, environment: 'staging' }, environment: { ENVIRONMENT: 'default' } };
  expect(previewSettings(7, sources)).toMatchObject({ environment: 'pr-7', profile: 'development' });
  expect(previewVariables(7)).toEqual({ ENVIRONMENT: 'pr-7' });
});

test('names all settings that are missing, and how to set them', () => {
  expect(() => previewSettings(7, { context: {}, environment: {} })).toThrow(
    'A preview cannot be deployed or destroyed: previews is OFF, stateBucket is empty, permissionsBoundary is empty. ' +
      'Run npm run bootstrap with the setting previews',
  );
  expect(() => previewSettings(7, { context: { ...context, stateBucket: '' }, environment: {} })).toThrow(
    'destroyed: stateBucket is empty.',
  );
});

test.each([undefined, '', '0', '07', '-1', '1.5', '7 ', '1234567890', '7; ls', '$(id)'])(
  'refuses %p as the number of a pull request',
  (text) => {
    expect(() => readPullRequest(text)).toThrow(`${JSON.stringify(text)} is not the number of a pull request.`);
  },
);

test('accepts numbers of up to 9 digits', () => {
  expect([readPullRequest('7'), readPullRequest('999999999')]).toEqual([7, 999_999_999]);
});
