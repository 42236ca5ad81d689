/** Finds out what remains by hand in the AWS account. Each check only reads. */
import { GetOpenIDConnectProviderCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { accountSettings } from '../../stacks/previews';
import type { Settings } from '../../stacks/settings';
import { elements, readAws } from './aws-query';
import type { ChecklistItem } from './checklist';

/** The part of the account that the checks need. */
export interface CheckedAccount {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  readonly account: string;
}

interface AccountCheck {
  /** Start of the item's text. */
  readonly name: string;
  /** Whether the settings need the check. */
  readonly applies: (settings: Settings) => boolean;
  readonly run: (settings: Settings, account: CheckedAccount) => Promise<ChecklistItem>;
}

/** Lambda keeps this many concurrent invocations unreserved (Lambda developer guide, "Configuring reserved concurrency"). */
const UNRESERVED = 100;

/** The audience of the tokens with which workflows assume roles. */
const AUDIENCE = 'sts.amazonaws.com';

const CHECKS: readonly AccountCheck[] = [
  { name: 'Trust in GitHub', applies: ({ githubRepository }) => githubRepository !== '', run: checkProvider },
  { name: 'Lambda quota', applies: () => true, run: checkQuota },
  { name: 'Mails of alarms', applies: ({ alarmEmail }) => alarmEmail !== '', run: checkMails },
  { name: 'Hosted zone', applies: ({ domain }) => domain !== '', run: checkZone },
  { name: 'AWS Backup', applies: ({ backup }) => backup, run: checkBackup },
];

/** Runs the checks that the settings need. A check that fails is an unknown item with the reason. */
export async function checkAccount(projectSettings: Settings, account: CheckedAccount): Promise<ChecklistItem[]> {
  const settings = accountSettings(projectSettings);
  const checks = CHECKS.filter(({ applies }) => applies(settings));
  return Promise.all(
    checks.map(async ({ name, run }): Promise<ChecklistItem> => {
      try {
        const { status, text } = await run(settings, account);
        return { status, text: `${name}: ${text}` };
      } catch (error) {
        const { name: code, message } = error as Error;
        return { status: 'unknown', text: `${name}: ${code}: ${message.split('\n')[0]}` };
      }
    }),
  );
}

/** An account can have one provider for each issuer. With CREATE, bootstrap has created it. */
async function checkProvider(settings: Settings, { partition, account }: CheckedAccount): Promise<ChecklistItem> {
  const { region, githubOidcIssuer, previews } = settings;
  const arn = `arn:${partition}:iam::${account}:oidc-provider/${githubOidcIssuer}`;
  const command = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
  try {
    const { ClientIDList = [] } = await new IAMClient({ region }).send(command);
    if (ClientIDList.includes(AUDIENCE)) return { status: 'done', text: arn };
    const add = `aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${arn} --client-id ${AUDIENCE}`;
    return { status: 'to do', text: `${arn} does not accept the audience ${AUDIENCE}; run ${add}` };
  } catch (error) {
    if ((error as Error).name !== 'NoSuchEntityException' && (error as Error).name !== 'NoSuchEntity') throw error;
    // With OWN_ACCOUNT, cdktf.json is for another account, which may have a provider.
    const advice =
      previews === 'OWN_ACCOUNT'
        ? 'repeat the command with the environment variable GITHUB_OIDC_PROVIDER=CREATE'
        : 'set githubOidcProvider to CREATE, and repeat npm run bootstrap';
    return { status: 'to do', text: `the account has no provider ${arn}; ${advice}` };
  }
}

async function checkQuota({ region, reservedConcurrency }: Settings): Promise<ChecklistItem> {
  const { AccountLimit } = await new LambdaClient({ region }).send(new GetAccountSettingsCommand({}));
  const quota = AccountLimit?.ConcurrentExecutions;
  if (quota === undefined) throw new Error('Lambda returned no quota');
  const found = `${quota} concurrent invocations in ${region}`;
  if (typeof reservedConcurrency !== 'number') return { status: 'done', text: found };
  const functions = Math.floor((quota - UNRESERVED) / reservedConcurrency);
  if (functions >= 1)
    return {
      status: 'done',
      text: `${found}: each function can reserve ${reservedConcurrency}, in at most ${functions} functions`,
    };
  return {
    status: 'to do',
    text:
      `${found}: too few to reserve ${reservedConcurrency} (reservedConcurrency), because ${UNRESERVED} stay unreserved. Ask AWS for more ` +
      '(Service Quotas, Lambda, "Concurrent executions"), or set reservedConcurrency to NONE',
  };
}

/** AWS sends a mail with a link for each topic. Until somebody opens the link, the topic sends no alarms. */
async function checkMails({ region, alarmEmail }: Settings): Promise<ChecklistItem> {
  const subscriptions = (await readSubscriptions(region)).filter(({ endpoint }) => endpoint === alarmEmail);
  const pending = subscriptions.filter(({ arn }) => arn === 'PendingConfirmation').map(({ topic }) => topic);
  if (pending.length > 0)
    return {
      status: 'to do',
      text: `open the link in the mails to ${alarmEmail}, for the topics ${pending.join(', ')}`,
    };
  if (subscriptions.length > 0)
    return {
      status: 'done',
      text: `${alarmEmail} gets the alarms of ${subscriptions.map(({ topic }) => topic).join(', ')}`,
    };
  return { status: 'to do', text: `deploy, then open the links in the mails to ${alarmEmail}` };
}

interface Subscription {
  /** PendingConfirmation until somebody opens the link (Amazon SNS API Reference, ListSubscriptions). */
  readonly arn: string;
  readonly endpoint: string;
  /** The topic's name. */
  readonly topic: string;
}

async function readSubscriptions(region: string): Promise<Subscription[]> {
  const found: Subscription[] = [];
  let token: string | undefined;
  do {
    const query = new URLSearchParams({
      Action: 'ListSubscriptions',
      Version: '2010-03-31',
      ...(token !== undefined && { NextToken: token }),
    });
    const xml = await readAws({ service: 'sns', region, path: `/?${query.toString()}` });
    for (const member of elements(xml, 'member')) {
      const [arn = '', endpoint = '', topic = ''] = ['SubscriptionArn', 'Endpoint', 'TopicArn'].map(
        (name) => elements(member, name)[0],
      );
      found.push({ arn, endpoint, topic: topic.split(':').at(-1) ?? '' });
    }
    [token] = elements(xml, 'NextToken');
  } while (token !== undefined && token !== '');
  return found;
}

/** The region in the signatures of requests to Route 53, which is global. */
const ROUTE_53_REGION = 'us-east-1';

async function checkZone({ domain, hostedZone }: Settings): Promise<ChecklistItem> {
  const xml = await readAws({
    service: 'route53',
    region: ROUTE_53_REGION,
    path: `/2013-04-01/hostedzone/${hostedZone}`,
  });
  const name = (elements(xml, 'Name')[0] ?? '').replace(/\.$/, '');
  const isPrivate = elements(xml, 'PrivateZone')[0] === 'true';
  if (isPrivate)
    return { status: 'to do', text: `${hostedZone} (${name}) is private; set hostedZone to a public zone` };
  if (domain !== name && !domain.endsWith(`.${name}`))
    return {
      status: 'to do',
      text: `${hostedZone} is the zone ${name}, which does not contain ${domain}; set another hostedZone`,
    };
  return { status: 'done', text: `${hostedZone} (${name})` };
}

/** The part of AWS Backup's answer that the check reads (AWS Backup API Reference, DescribeRegionSettings). */
interface BackupSettings {
  readonly ResourceTypeOptInPreference?: Readonly<Record<string, boolean>>;
}

/** AWS Backup copies no table, and reports no error, until DynamoDB is turned on in the region. */
async function checkBackup({ region }: Settings): Promise<ChecklistItem> {
  const text = await readAws({ service: 'backup', region, path: '/account-settings' });
  const { ResourceTypeOptInPreference: types = {} } = JSON.parse(text) as BackupSettings;
  if (types['DynamoDB'] === true) return { status: 'done', text: `on for DynamoDB in ${region}` };
  return {
    status: 'to do',
    text: `off for DynamoDB in ${region}, so no table is copied; turn DynamoDB on in AWS Backup (Settings, Service opt-in)`,
  };
}
