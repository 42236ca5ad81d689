/** The client of GitHub's API: its address, its token, and its errors. */
import { apiOf, Github, tokenOf } from '../../scripts/github/api';
import { withAnswer } from '../support/one-answer-server';

const WORKFLOW = { GITHUB_REPOSITORY: 'acme/crud', GITHUB_TOKEN: 'secret' };

test.each([
  ['token.actions.githubusercontent.com', 'https://api.github.com'],
  ['token.actions.githubusercontent.com/acme-corp', 'https://api.github.com'],
  ['token.actions.acme.ghe.com', 'https://api.acme.ghe.com'],
  ['token.actions.acme.ghe.com/acme-corp', 'https://api.acme.ghe.com'],
  ['github.example.com/_services/token', 'https://github.example.com/api/v3'],
])('the API of the issuer %s is %s', (issuer, url) => expect(apiOf(issuer)).toBe(url));

test('the token is GITHUB_TOKEN, or else GH_TOKEN', () => {
  expect(tokenOf({ GITHUB_TOKEN: 'a', GH_TOKEN: 'b' })).toBe('a');
  expect(tokenOf({ GITHUB_TOKEN: '', GH_TOKEN: 'b' })).toBe('b');
  expect(tokenOf({})).toBeUndefined();
});

test('an error names the failed request', async () => {
  await withAnswer({ status: 404, body: '{"message":"Not Found"}' }, async (url) => {
    const github = Github.fromEnvironment({ ...WORKFLOW, GITHUB_API_URL: `${url}/api/v3` });
    await expect(github.send('GET', '/nothing')).rejects.toThrow(
      /^GET http:\S+\/api\/v3\/repos\/acme\/crud\/nothing: 404/,
    );
  });
  await withAnswer({ status: 200, body: '<html>proxy</html>' }, async (url) => {
    const github = Github.fromEnvironment({ ...WORKFLOW, GITHUB_API_URL: url });
    await expect(github.send('GET', '/x')).rejects.toThrow(/^GET http:\S+: the answer is not JSON: <html>/);
  });
  expect(() => Github.fromEnvironment({})).toThrow('GITHUB_TOKEN and GITHUB_REPOSITORY must be set');
  const unreachable = Github.fromEnvironment({ ...WORKFLOW, GITHUB_API_URL: 'http://127.0.0.1:1' });
  await expect(unreachable.send('GET', '/x')).rejects.toThrow('no answer');
  await expect(unreachable.query('{}', {})).rejects.toThrow('POST http://127.0.0.1:1/graphql: no answer');
});
