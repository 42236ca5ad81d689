/** Calls of CloudWatch, SNS and AWS Budgets. */
import type { Call } from '../../../support/iam/call';
import { ACCOUNT, type AwsRequest } from './request';
import { requestTags, tagsOfForm, tagsOfList } from './tags';

/** The values of a list in the Query protocol: `AlarmNames.member.1`, `AlarmNames.member.2`. */
function membersOf(form: URLSearchParams, list: string): string[] {
  return [...form].filter(([name]) => new RegExp(`^${list}\\.member\\.\\d+$`).test(name)).map(([, value]) => value);
}

/** An alarm with tags needs TagResource too. Dashboards have no region. */
export function cloudwatchCalls(request: AwsRequest): Call[] {
  const { form } = request;
  const action = `cloudwatch:${form.get('Action')}`;
  const alarm = (name: string) => request.arn('cloudwatch', `alarm:${name}`);
  const dashboards = [...form.getAll('DashboardName'), ...membersOf(form, 'DashboardNames')];
  const alarms = [...form.getAll('AlarmName'), ...membersOf(form, 'AlarmNames')];
  const tags = requestTags(tagsOfForm(form));
  const topics = membersOf(form, 'AlarmActions');
  const context = { ...tags, ...(topics.length > 0 && { 'cloudwatch:AlarmActions': topics }) };
  const resources = [
    ...dashboards.map((name) => `arn:aws:cloudwatch::${ACCOUNT}:dashboard/${name}`),
    ...alarms.map(alarm),
    ...form.getAll('ResourceARN'),
  ];
  const calls: Call[] = (resources.length > 0 ? resources : ['*']).map((resource) => ({ action, resource, context }));
  if (form.get('Action') === 'PutMetricAlarm' && 'aws:TagKeys' in tags)
    calls.push({ action: 'cloudwatch:TagResource', resource: alarm(form.get('AlarmName') ?? ''), context: tags });
  return calls;
}

/** A topic with tags needs TagResource too. Calls about a subscription support no narrower resource. */
export function snsCalls(request: AwsRequest): Call[] {
  const { form } = request;
  const [operation, name, protocol] = ['Action', 'Name', 'Protocol'].map((key) => form.get(key));
  const topic = name ? request.arn('sns', name) : (form.get('TopicArn') ?? form.get('ResourceArn') ?? '*');
  const tags = requestTags(tagsOfForm(form));
  const context = {
    ...tags,
    ...(protocol && { 'sns:Protocol': protocol, 'sns:Endpoint': form.get('Endpoint') ?? '' }),
  };
  const calls: Call[] = [{ action: `sns:${operation}`, resource: topic, context }];
  if (operation === 'CreateTopic' && 'aws:TagKeys' in tags)
    calls.push({ action: 'sns:TagResource', resource: topic, context: tags });
  return calls;
}

interface BudgetParameters {
  readonly Budget?: { readonly BudgetName?: string };
  readonly NewBudget?: { readonly BudgetName?: string };
  readonly BudgetName?: string;
  readonly ResourceARN?: string;
  readonly ResourceTags?: unknown;
}

/** The actions ViewBudget and ModifyBudget stand for most operations (Service Authorization Reference, "AWS Budget Service"). */
export function budgetsCalls(request: AwsRequest): Call[] {
  const { operation = '' } = request;
  const { Budget, NewBudget, BudgetName, ResourceARN, ResourceTags } = request.json as BudgetParameters;
  const name = BudgetName ?? (Budget ?? NewBudget)?.BudgetName ?? '';
  const resource = ResourceARN ?? `arn:aws:budgets::${ACCOUNT}:budget/${name}`;
  const context = requestTags(tagsOfList(ResourceTags));
  if (operation.includes('Tag')) return [{ action: `budgets:${operation}`, resource, context }];
  const action = operation.startsWith('Describe') ? 'budgets:ViewBudget' : 'budgets:ModifyBudget';
  const calls: Call[] = [{ action, resource }];
  if (ResourceTags) calls.push({ action: 'budgets:TagResource', resource, context });
  return calls;
}
