/** States of removed stacks, and the review key, from an HTTP server that stores objects as S3 does. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { findLeftoverStates, leftoverMarkdown, leftoverText } from '../../scripts/terraform/leftover-states';
import { fetchReviewKey, REVIEW_KEY_FILE } from '../../scripts/terraform/review-key';
import { StateObjects } from '../../scripts/terraform/state-objects';
import { readSettings, type Settings } from '../../stacks/settings';

const SETTINGS = readSettings(
  { stateBucket: 'acme-states', namePrefix: 'acme', environment: 'staging', githubRepository: 'acme/crud' },
  {},
);
const state = (...modes: string[]) => JSON.stringify({ version: 4, resources: modes.map((mode) => ({ mode })) });

/** Maximum number of keys in one answer. It is small, so lists have several pages. */
const PAGE = 2;
let objects: Map<string, string>;
let forbidden: boolean;
let server: http.Server;
const environment = { ...process.env };

beforeAll(async () => {
  server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://s3');
    const key = decodeURIComponent(url.pathname.replace(/^\/acme-states\/?/, ''));
    if (forbidden)
      response.writeHead(403).end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');
    else if (key === '')
      response.end(list(url.searchParams.get('prefix') ?? '', url.searchParams.get('continuation-token') ?? ''));
    else if (objects.has(key)) response.end(objects.get(key));
    else response.writeHead(404).end('<Error><Code>NoSuchKey</Code><Message>No such key</Message></Error>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env['AWS_ACCESS_KEY_ID'] = 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
});

afterAll(() => {
  server.close();
  process.env = environment;
});

beforeEach(() => {
  objects = new Map();
  forbidden = false;
});

function list(prefix: string, start: string): string {
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > start).sort();
  const page = keys.slice(0, PAGE);
  const next = keys.length > PAGE ? `<NextContinuationToken>${page.at(-1) ?? ''}</NextContinuationToken>` : '';
  const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
  return `<ListBucketResult><IsTruncated>${keys.length > PAGE}</IsTruncated>${next}${contents}</ListBucketResult>`;
}

const find = (...stacks: string[]) => findLeftoverStates(new StateObjects(SETTINGS), SETTINGS, stacks);

describe('findLeftoverStates', () => {
  test('finds states of removed stacks, on all pages, and no other object', async () => {
    for (const stack of ['items', 'links', 'notes', 'orders', 'todos'])
      objects.set(`acme/staging/${stack}/terraform.tfstate`, state('managed', 'managed', 'data'));
    objects.set('acme/staging/empty/terraform.tfstate', state('data'));
    objects.set('acme/staging/new/terraform.tfstate', JSON.stringify({ version: 4 }));
    objects.set('acme/staging/links/terraform.tfstate.tflock', '{}');
    objects.set('acme/production/gone/terraform.tfstate', state('managed'));
    objects.set('other/staging/gone/terraform.tfstate', state('managed'));
    objects.set('state/terraform.tfstate', state('managed'));
    expect(await find('items', 'orders')).toEqual([
      { stack: 'links', key: 'acme/staging/links/terraform.tfstate', resources: 2 },
      { stack: 'notes', key: 'acme/staging/notes/terraform.tfstate', resources: 2 },
      { stack: 'todos', key: 'acme/staging/todos/terraform.tfstate', resources: 2 },
    ]);
  });

  test('names an object that is not a state', async () => {
    objects.set('acme/staging/links/terraform.tfstate', 'text');
    expect(await find()).toEqual([
      { stack: 'links', key: 'acme/staging/links/terraform.tfstate', resources: undefined },
    ]);
  });

  test('finds nothing in an empty bucket', async () => expect(await find('items')).toEqual([]));

  test('reports a refusal with the bucket and the advice', async () => {
    forbidden = true;
    await expect(find()).rejects.toThrow(
      /^Cannot list acme\/staging\/ in the bucket acme-states: AccessDenied: Access Denied\. Check the AWS credentials; npm run bootstrap/,
    );
  });
});

describe('the report', () => {
  const leftover = { stack: 'links', key: 'acme/staging/links/terraform.tfstate', resources: 1 };

  test('names the state and the way to remove the resources', () => {
    expect(leftoverText([leftover])).toBe(
      'The app has no stack links, but the bucket has a state with one resource: acme/staging/links/terraform.tfstate.\n' +
        'To remove the resources, add the API to main.ts again, and run npm run destroy -- links. If the ' +
        'resources no longer exist, delete the object acme/staging/links/terraform.tfstate.\n',
    );
    expect(leftoverText([])).toBe('');
  });

  test('names the settings with which the app has the stack operations again', () => {
    expect(leftoverText([{ ...leftover, stack: 'operations' }])).toContain(
      'To remove the resources, set alarmEmail or monthlyBudgetUsd again, and run npm run destroy -- operations. ',
    );
  });

  test('is quoted Markdown without markup of a key', () => {
    const markdown = leftoverMarkdown([leftover, { ...leftover, stack: '<b>\n# x`@team`', resources: 3 }]);
    expect(markdown).toMatch(
      /^> \[!WARNING\]\n> Removed stacks still have resources:\n>\n(> - [^\n<`@#]+(&#\d+;[^\n<`@#]*)*\n){2}$/,
    );
    expect(leftoverMarkdown([])).toBe('');
  });

  test('has a limited size', () => {
    const many = Array.from({ length: 30 }, () => ({ ...leftover, stack: '`'.repeat(900) }));
    expect(Buffer.byteLength(leftoverMarkdown(many))).toBeLessThan(25_000);
    expect(leftoverMarkdown(many)).toMatch(/\n> - 20 more; npm run plan lists them\.\n$/);
  });
});

describe('fetchReviewKey', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(path.join(os.tmpdir(), 'key-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  const fetchKey = (changes: Partial<Settings> = {}) =>
    fetchReviewKey(new StateObjects(SETTINGS), { ...SETTINGS, ...changes }, root);
  const KEY = 'ab'.repeat(32);

  test('writes a file that only this user can read', async () => {
    objects.set('acme/review-key', KEY);
    expect(await fetchKey()).toBe(REVIEW_KEY_FILE);
    expect(readFileSync(path.join(root, REVIEW_KEY_FILE), 'utf8').trim()).toBe(KEY);
    expect(statSync(path.join(root, REVIEW_KEY_FILE)).mode & 0o777).toBe(0o600);
  });

  test.each<Partial<Settings>>([{ stateBucket: '' }, { githubRepository: '' }])(
    'with the settings %j there is no key',
    async (changes) => {
      objects.set('acme/review-key', KEY);
      await fetchKey();
      expect(await fetchKey(changes)).toBeUndefined();
      expect(() => statSync(path.join(root, REVIEW_KEY_FILE))).toThrow('ENOENT');
    },
  );

  test('refuses a bucket without a key, and an object that is not a key', async () => {
    await expect(fetchKey()).rejects.toThrow(
      /^The review key acme\/review-key in the bucket acme-states does not exist\. Run npm run bootstrap, /,
    );
    objects.set('acme/review-key', 'short');
    await expect(fetchKey()).rejects.toThrow(
      'in the bucket acme-states is not 64 hexadecimal digits. Delete the object, then run npm run bootstrap',
    );
  });
});
