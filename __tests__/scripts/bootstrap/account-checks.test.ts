/** What bootstrap finds out about the AWS account, from an HTTP server that answers as AWS does. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkAccount } from '../../../scripts/bootstrap/account-checks';
import { readSettings, type Settings } from '../../../stacks/settings';

const environment = { ...process.env };
const PROVIDER = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';

let server: http.Server;
/** Answers by service. */
let answers: Readonly<Record<string, (query: URLSearchParams) => [number, string]>>;
let requests: string[];

beforeAll(async () => {
  server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const [, scope = ''] =
        /Credential=[^/]+\/\d+\/([^,]+)\/aws4_request/.exec(request.headers.authorization ?? '') ?? [];
      const [, service = ''] = scope.split('/');
      requests.push(`${scope} ${request.method} ${request.url}`);
      const query = new URLSearchParams(body || (request.url ?? '').split('?')[1]);
      const [status, text] = answers[service]?.(query) ?? [403, error('AccessDenied', `no ${service}`)];
      response.writeHead(status, { 'x-amzn-errortype': 'AccessDeniedException' }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});

beforeEach(() => {
  [answers, requests] = [{ lambda: quota(1000) }, []];
});

afterAll(() => {
  server.close();
  process.env = environment;
});

function error(code: string, message: string): string {
  return `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
}

function quota(concurrent: number): () => [number, string] {
  return () => [200, JSON.stringify({ AccountLimit: { ConcurrentExecutions: concurrent } })];
}

async function linesOf(settings: Partial<Record<keyof Settings, unknown>>): Promise<string[]> {
  const account = { partition: 'aws', account: '111122223333' };
  const items = await checkAccount(readSettings({ region: 'eu-west-1', ...settings }, {}), account);
  return items.map(({ status, text }) => `${status}: ${text}`);
}

describe('the Lambda quota', () => {
  test.each([
    [1000, '', 'done: Lambda quota: 1000 concurrent invocations in eu-west-1'],
    [10, 'NONE', 'done: Lambda quota: 10 concurrent invocations in eu-west-1'],
    [1000, 300, expect.stringMatching(/^done: .*each function can reserve 300, in at most 3 functions$/)],
    [105, 5, expect.stringMatching(/^done: .*in at most 1 functions$/)],
    [104, 5, expect.stringMatching(/^to do: .*too few to reserve 5 .*set reservedConcurrency to NONE$/)],
    [10, 5, expect.stringMatching(/^to do: /)],
  ])('of %d, with the setting %s', async (concurrent, reservedConcurrency, expected: unknown) => {
    answers = { lambda: quota(concurrent) };
    expect(await linesOf({ reservedConcurrency })).toEqual([expected]);
  });

  test('is unknown when Lambda refuses, and nothing else is asked', async () => {
    answers = { lambda: () => [403, JSON.stringify({ message: 'not authorized\nsecond line' })] };
    expect(await linesOf({})).toEqual(['unknown: Lambda quota: AccessDeniedException: not authorized']);
    expect(requests).toEqual([expect.stringMatching(/^eu-west-1\/lambda GET /)]);
  });
});

describe("GitHub's provider", () => {
  const REPOSITORY = { githubRepository: 'acme/crud', namePrefix: 'acme', githubOidcProvider: 'EXISTING' };
  const provider = (...audiences: string[]): [number, string] => [
    200,
    '<GetOpenIDConnectProviderResponse><GetOpenIDConnectProviderResult><ClientIDList>' +
      audiences.map((audience) => `<member>${audience}</member>`).join('') +
      '</ClientIDList></GetOpenIDConnectProviderResult></GetOpenIDConnectProviderResponse>',
  ];

  test.each([
    ['done', provider('sts.amazonaws.com', 'other'), `done: Trust in GitHub: ${PROVIDER}`],
    [
      'without the audience',
      provider('other'),
      expect.stringMatching(/^to do: .*does not accept the audience sts\.amazonaws\.com; run aws iam add-client-id-to/),
    ],
    [
      'missing',
      [404, error('NoSuchEntity', 'no')] as [number, string],
      expect.stringMatching(/^to do: .*has no provider .*; set githubOidcProvider to CREATE/),
    ],
    [
      'not readable',
      [403, error('AccessDenied', 'no')] as [number, string],
      expect.stringMatching(/^unknown: Trust in GitHub: Access/),
    ],
  ])('can be %s', async (_, answer, expected: unknown) => {
    answers = { ...answers, iam: () => answer };
    expect((await linesOf(REPOSITORY))[0]).toEqual(expected);
  });

  test('is created in an account of previews without a change of cdktf.json', async () => {
    answers = { ...answers, iam: () => [404, error('NoSuchEntity', 'no')] };
    expect((await linesOf({ ...REPOSITORY, previews: 'OWN_ACCOUNT' }))[0]).toBe(
      `to do: Trust in GitHub: the account has no provider ${PROVIDER}; repeat the command with the environment variable ` +
        'GITHUB_OIDC_PROVIDER=CREATE',
    );
  });
});

describe('mails of alarms', () => {
  const member = (arn: string, endpoint: string, topic: string) =>
    `<member><TopicArn>arn:aws:sns:eu-west-1:111122223333:${topic}</TopicArn><Protocol>email</Protocol>` +
    `<SubscriptionArn>${arn}</SubscriptionArn><Owner></Owner><Endpoint>${endpoint}</Endpoint></member>`;
  const page = (members: string, next = '') =>
    `<ListSubscriptionsResponse><ListSubscriptionsResult><Subscriptions>${members}</Subscriptions>` +
    `${next && `<NextToken>${next}</NextToken>`}</ListSubscriptionsResult></ListSubscriptionsResponse>`;
  const confirmed = member('arn:aws:sns:eu-west-1:111122223333:items:1', 'ops@example.com', 'items-alarms');
  const pending = member('PendingConfirmation', 'ops@example.com', 'orders-alarms');
  const other = member('PendingConfirmation', 'else@example.com', 'other');

  test.each([
    [[other], 'to do: Mails of alarms: deploy, then open the links in the mails to ops@example.com'],
    [[confirmed, other], 'done: Mails of alarms: ops@example.com gets the alarms of items-alarms'],
    [
      [confirmed, pending],
      'to do: Mails of alarms: open the link in the mails to ops@example.com, for the topics orders-alarms',
    ],
  ])('on pages %#', async (members, expected) => {
    const pages = new Map(members.map((text, index) => [index === 0 ? null : `t${index}`, [text, index] as const]));
    const sns = (query: URLSearchParams): [number, string] => {
      const [text, index] = pages.get(query.get('NextToken')) ?? ['', 0];
      return [200, page(text, index + 1 < members.length ? `t${index + 1}` : '')];
    };
    answers = { ...answers, sns };
    expect((await linesOf({ alarmEmail: 'ops@example.com' }))[1]).toBe(expected);
  });

  test('are unknown when SNS refuses', async () => {
    expect((await linesOf({ alarmEmail: 'ops@example.com' }))[1]).toBe(
      'unknown: Mails of alarms: AccessDenied: no sns',
    );
  });
});

describe('the hosted zone', () => {
  const zone = (name: string, isPrivate = false): [number, string] => [
    200,
    `<GetHostedZoneResponse><HostedZone><Id>/hostedzone/Z1</Id><Name>${name}</Name><Config><PrivateZone>${isPrivate}</PrivateZone></Config></HostedZone></GetHostedZoneResponse>`,
  ];

  test.each([
    ['contains the domain', zone('example.com.'), 'done: Hosted zone: Z1 (example.com)'],
    ['is the domain', zone('api.example.com.'), 'done: Hosted zone: Z1 (api.example.com)'],
    ['is another one', zone('ample.com.'), expect.stringMatching(/^to do: .*which does not contain api\.example\.com/)],
    [
      'is private',
      zone('example.com.', true),
      expect.stringMatching(/^to do: .* is private; set hostedZone to a public zone$/),
    ],
    [
      'does not exist',
      [404, error('NoSuchHostedZone', 'none')] as [number, string],
      'unknown: Hosted zone: NoSuchHostedZone: none',
    ],
  ])('%s', async (_, answer, expected: unknown) => {
    answers = { ...answers, route53: () => answer };
    expect((await linesOf({ domain: 'api.example.com', hostedZone: 'Z1' }))[1]).toEqual(expected);
    expect(requests).toContain('us-east-1/route53 GET /2013-04-01/hostedzone/Z1');
  });
});

describe('AWS Backup', () => {
  const optIns = (types: object): [number, string] => [200, JSON.stringify({ ResourceTypeOptInPreference: types })];

  test.each([
    ['on', optIns({ DynamoDB: true, EBS: false }), 'done: AWS Backup: on for DynamoDB in eu-west-1'],
    [
      'off',
      optIns({ DynamoDB: false, EBS: true }),
      expect.stringMatching(/^to do: AWS Backup: off .*Service opt-in\)$/),
    ],
    ['never set', optIns({}), expect.stringMatching(/^to do: AWS Backup: off for DynamoDB in eu-west-1, so no table/)],
    [
      'not readable',
      [403, '{"message":"no"}'] as [number, string],
      'unknown: AWS Backup: AccessDeniedException: {"message":"no"}',
    ],
  ])('can be %s', async (_, answer, expected: unknown) => {
    answers = { ...answers, backup: () => answer };
    expect((await linesOf({ backup: true }))[1]).toEqual(expected);
    expect(requests).toContain('eu-west-1/backup GET /account-settings');
  });
});

test('an account of previews needs no mails, no hosted zone, no backups and no reserved concurrency', async () => {
  const settings = {
    ...{ githubRepository: 'acme/crud', namePrefix: 'acme', alarmEmail: 'ops@example.com', backup: true },
    ...{ domain: 'api.example.com', hostedZone: 'Z1', reservedConcurrency: 300 },
  };
  answers = { lambda: quota(10) };
  expect(await linesOf({ ...settings, previews: 'OWN_ACCOUNT' })).toEqual([
    expect.stringMatching(/^unknown: Trust in GitHub: /),
    'done: Lambda quota: 10 concurrent invocations in eu-west-1',
  ]);
  expect(await linesOf({ ...settings, previews: 'SHARED_ACCOUNT' })).toHaveLength(5);
});
