import { Bucket } from '../../../scripts/bootstrap/bucket';
import { withAnswer } from '../../support/one-answer-server';

const environment = { ...process.env };

afterEach(() => {
  process.env = { ...environment };
});

/** Creates the review key in a bucket of an S3 that gives one answer. @returns the requests */
function createReviewKey(answer: { status: number; body: string }) {
  return withAnswer(answer, async (url) => {
    const disabled = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
    Object.assign(process.env, disabled, {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
    await new Bucket('states', 'us-east-1', '111122223333').createReviewKey('acme/review-key');
  });
}

test('creates a different review key of 64 hexadecimal digits each time', async () => {
  const bodies = [];
  for (let run = 0; run < 2; run += 1) {
    const [request] = await createReviewKey({ status: 200, body: '' });
    expect(request).toMatchObject({ method: 'PUT', headers: { 'if-none-match': '*' } });
    expect(request?.path).toMatch(/^\/states\/acme\/review-key\?/);
    expect(request?.body).toMatch(/(^|\n)[0-9a-f]{64}\r?\n/);
    bodies.push(request?.body);
  }
  expect(bodies[0]).not.toBe(bodies[1]);
});

test('keeps an existing review key', async () => {
  const body = '<Error><Code>PreconditionFailed</Code></Error>';
  expect(await createReviewKey({ status: 412, body })).toHaveLength(1);
});

test('throws every other error of S3', async () => {
  const body = '<Error><Code>AccessDenied</Code><Message>no</Message></Error>';
  await expect(createReviewKey({ status: 403, body })).rejects.toThrow('no');
});
