/** The comment about the preview, and the URLs in it. */
import { previewText, readUrls } from '../../../scripts/preview/comment';
import { urlsOf } from '../../../scripts/preview/deploy';

const URLS = {
  items: 'https://abc123.execute-api.eu-west-1.amazonaws.com',
  manager: 'https://def456.execute-api.eu-west-1.amazonaws.com/test',
};
const RESULT = {
  deploy: 'success',
  destroy: 'skipped',
  urls: URLS,
  commit: 'a'.repeat(40),
  runUrl: 'https://github.com/acme/crud/actions/runs/1',
};

test('has the URL of each stack, the commit, and the result of the smoke test', () => {
  const text = previewText(RESULT);
  expect(text).toContain('Preview of commit aaaaaaa:');
  expect(text).toContain(`| items | ${URLS.items} |\n| manager | ${URLS.manager} |\n`);
  expect(text).toContain('Code of the pull request reported these URLs and the result of the smoke test. Send no real');
  expect(text).toContain('The smoke test passed. The preview is destroyed when');
  expect(previewText({ ...RESULT, deploy: 'failure' })).toContain(
    '**The smoke test failed:** see [the run](https://github.com/acme/crud/actions/runs/1).',
  );
});

test('has no URL of a preview that was not deployed, or was destroyed', () => {
  expect(previewText({ ...RESULT, deploy: 'failure', urls: {} })).toMatch(/^\*\*The preview could not be deployed:/);
  expect(previewText({ ...RESULT, deploy: 'skipped', destroy: 'success', urls: {} })).toBe(
    'The preview was destroyed. To deploy it again, add the label `preview`.\n',
  );
  expect(previewText({ ...RESULT, deploy: 'skipped', destroy: 'failure', urls: {} })).toMatch(
    /^\*\*The preview could not be destroyed:.*The nightly sweep tries again/,
  );
});

test('reads the URLs that a deployment passed on, and no URLs from an empty text', () => {
  expect(readUrls(JSON.stringify(URLS))).toEqual(URLS);
  expect([readUrls(''), readUrls(undefined)]).toEqual([{}, {}]);
});

test.each([
  'text',
  '[]',
  'null',
  '"https://abc123.execute-api.eu-west-1.amazonaws.com"',
  ...[
    { items: 'https://evil.example/' },
    { items: 'http://abc123.execute-api.eu-west-1.amazonaws.com' },
    { items: 'https://abc123.execute-api.eu-west-1.amazonaws.com.evil.example' },
    { items: 'https://abc123.execute-api.eu-west-1.amazonaws.com | @everyone' },
    { items: 'https://abc123.execute-api.eu-west-1.amazonaws.com\n# Approved' },
    { items: 7 },
    { '| x': URLS.items },
    { 'items\n': URLS.items },
    Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`items${index}`, URLS.items])),
  ].map((urls) => JSON.stringify(urls)),
])('refuses the URLs %s, which code of the pull request wrote', (json) => {
  expect(() => readUrls(json)).toThrow('Pass a JSON object of URLs of API Gateway by stack');
});

test('a deployment passes on the URLs alone, without API keys', () => {
  const outputs = {
    items: { url: URLS.items, table_name: 'x' },
    manager: { url: URLS.manager, api_key: 'secret' },
    x: {},
  };
  expect(urlsOf(JSON.stringify(outputs))).toEqual(URLS);
});
