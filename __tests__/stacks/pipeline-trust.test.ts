/** The trust policies of the pipeline's roles: the subjects and claims of GitHub's tokens. */
import { BOUNDARY, ISSUER, NO_IDS, SETTINGS, statements, withBoundary } from '../support/pipeline-statements';
import { addresses, synthState } from '../support/synth';

/** The conditions of a trust policy by claim. */
const trust = (role: 'plan' | 'deploy', settings: object = {}, issuer = ISSUER) => {
  const { condition = [] } = statements(`${role}_trust`, synthState({ ...SETTINGS, ...settings }))[0] ?? {};
  for (const { test } of condition) expect(test).toBe('StringEquals');
  return Object.fromEntries(condition.map(({ variable, values }) => [variable.replace(`${issuer}:`, ''), values]));
};

describe('the trust of the roles', () => {
  test('has the repository with and without ids, its id, and for deploy the environment and the main branch', () => {
    expect(trust('deploy')).toEqual({
      aud: ['sts.amazonaws.com'],
      sub: ['repo:acme/crud:environment:production', 'repo:acme@123456/crud@456789:environment:production'],
      repository_id: ['456789'],
      ref: ['refs/heads/main'],
    });
    expect(trust('deploy', { githubEnvironment: 'live' })['sub']).toContain('repo:acme/crud:environment:live');
  });

  test('admits pull requests and the main branch to plan', () => {
    expect(trust('plan')).toEqual({
      aud: ['sts.amazonaws.com'],
      sub: [
        'repo:acme/crud:pull_request',
        'repo:acme/crud:ref:refs/heads/main',
        'repo:acme@123456/crud@456789:pull_request',
        'repo:acme@123456/crud@456789:ref:refs/heads/main',
      ],
      repository_id: ['456789'],
    });
  });

  test.each(['token.actions.githubusercontent.com/acme-corp', 'token.actions.acme.ghe.com'])(
    'has the same claims for the issuer %s',
    (githubOidcIssuer) => {
      const claims = trust('deploy', { githubOidcIssuer }, githubOidcIssuer);
      expect(claims).toEqual(trust('deploy'));
      const { resource } = synthState({ ...SETTINGS, githubOidcIssuer });
      expect(resource['aws_iam_openid_connect_provider']?.['github'].url).toBe(`https://${githubOidcIssuer}`);
    },
  );

  test('has only the name for Enterprise Server, whose other claims AWS does not know', () => {
    const githubOidcIssuer = 'github.example.com/_services/token';
    expect(trust('deploy', { githubOidcIssuer }, githubOidcIssuer)).toEqual({
      aud: ['sts.amazonaws.com'],
      sub: ['repo:acme/crud:environment:production'],
    });
    expect(synthState({ ...SETTINGS, ...NO_IDS, githubOidcIssuer, permissionsBoundary: BOUNDARY }).annotations).toEqual(
      [],
    );
  });

  test('without ids, synth warns that the roles would trust a name', () => {
    expect(withBoundary.annotations).toEqual([]);
    expect(synthState({ ...SETTINGS, ...NO_IDS, permissionsBoundary: BOUNDARY }).annotations).toEqual([
      expect.objectContaining({
        level: '@cdktf/warn',
        message: expect.stringContaining('would trust the name acme/crud') as string,
      }),
    ]);
  });

  test('an existing OIDC provider is used, not created', () => {
    const existing = synthState({ ...SETTINGS, githubOidcProvider: 'existing' });
    expect(addresses(existing)).not.toContain('aws_iam_openid_connect_provider.github');
    expect(JSON.stringify(statements('plan_trust', existing))).toContain(`:oidc-provider/${ISSUER}`);
  });
});
