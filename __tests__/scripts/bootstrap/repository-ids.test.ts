import { repositoryIds } from '../../../scripts/bootstrap/repository-ids';
import { readSettings } from '../../../stacks/settings';
import { withAnswer } from '../../support/one-answer-server';

const settings = (context: object = {}) =>
  readSettings({ githubRepository: 'acme/crud', namePrefix: 'acme', ...context }, {});

const NO_API = { GITHUB_API_URL: 'http://127.0.0.1:9' };

const repository = (content: object) => ({ status: 200, body: JSON.stringify(content) });
const REPOSITORY = { id: 456789, full_name: 'acme/crud', owner: { id: 123456 } };

test('asks GitHub for the ids, with the token of the environment', async () => {
  const requests = await withAnswer(repository(REPOSITORY), async (url) => {
    expect(await repositoryIds(settings(), { GITHUB_API_URL: url, GITHUB_TOKEN: 'secret' })).toEqual({
      githubRepositoryId: '456789',
      githubOwnerId: '123456',
    });
    await repositoryIds(settings(), { GITHUB_API_URL: url });
  });
  expect(requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    ['/repos/acme/crud', 'Bearer secret'],
    ['/repos/acme/crud', undefined],
  ]);
});

test('returns the ids in the settings, without a request to GitHub', async () => {
  const ids = { githubRepositoryId: '1', githubOwnerId: '2' };
  expect(await repositoryIds(settings(ids), NO_API)).toEqual(ids);
});

test('returns empty ids without a repository, and for Enterprise Server', async () => {
  const none = { githubRepositoryId: '', githubOwnerId: '' };
  expect(await repositoryIds(readSettings({}, {}), NO_API)).toEqual(none);
  const server = settings({ githubOidcIssuer: 'github.example.com/_services/token' });
  expect(await repositoryIds(server, NO_API)).toEqual(none);
});

test.each([
  ['another name', repository({ ...REPOSITORY, full_name: 'acme/Crud' }), 'Set githubRepository to acme/Crud'],
  ['no ids', repository({ full_name: 'acme/crud' }), 'the answer has no ids'],
  ['404', { status: 404, body: '{"message":"Not Found"}' }, 'For a private repository, set GITHUB_TOKEN'],
  ['an answer that is not JSON', { status: 200, body: '<html>' }, 'githubOwnerId and githubRepositoryId in cdktf.json'],
])('an answer with %s is an error that says what to do', async (_, answer, message) => {
  await withAnswer(answer, async (url) => {
    await expect(repositoryIds(settings(), { GITHUB_API_URL: url })).rejects.toThrow(message);
  });
});

test('an API that does not answer is an error that names its URL', async () => {
  await expect(repositoryIds(settings(), NO_API)).rejects.toThrow('GET http://127.0.0.1:9/repos/acme/crud: ');
});
