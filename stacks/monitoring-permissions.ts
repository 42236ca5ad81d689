/** Makes the statements of the pipeline's roles for alarms, dashboards, topics and budgets. */
import type { Statement } from '../constructs/policy-statement';
import type { Actions, SelectActions } from './pipeline-actions';

interface Scope {
  /** Start of the names of all resources, for example `acme-`. */
  readonly namesStart: string;
  /** Makes an ARN in the account and region of the stacks. */
  readonly arn: (service: string, resource: string) => string;
}

const ALARMS: Actions = {
  read: ['DescribeAlarms', 'ListTagsForResource'],
  write: ['DeleteAlarms', 'TagResource', 'UntagResource'],
};

const DASHBOARDS: Actions = { read: ['GetDashboard'], write: ['DeleteDashboards', 'PutDashboard'] };

const TOPICS: Actions = {
  read: ['GetTopicAttributes', 'ListTagsForResource'],
  write: ['CreateTopic', 'DeleteTopic', 'SetTopicAttributes', 'Subscribe', 'TagResource', 'UntagResource'],
};

const SUBSCRIPTIONS: Actions = { read: ['GetSubscriptionAttributes'], write: ['Unsubscribe'] };

/** Actions of the API, such as DescribeBudget, have other names (Service Authorization Reference, "AWS Budget Service"). */
const BUDGETS: Actions = {
  read: ['ListTagsForResource', 'ViewBudget'],
  write: ['ModifyBudget', 'TagResource', 'UntagResource'],
};

/** @param select picks the actions that the role may call */
export function monitoringStatements({ arn, namesStart }: Scope, select: SelectActions): Statement[] {
  const selected = (service: string, actions: Actions) => select(actions).map((action) => `${service}:${action}`);
  const all = `${namesStart}*`;
  return [
    { sid: 'Alarms', actions: selected('cloudwatch', ALARMS), resources: [arn('cloudwatch', `alarm:${all}`)] },
    {
      sid: 'Dashboards',
      actions: selected('cloudwatch', DASHBOARDS),
      resources: [arn('cloudwatch', `dashboard/${all}`)],
    },
    { sid: 'Budgets', actions: selected('budgets', BUDGETS), resources: [arn('budgets', `budget/${all}`)] },
    { sid: 'Topics', actions: selected('sns', TOPICS), resources: [arn('sns', all)] },
    {
      // These actions support no narrower resource (Service Authorization Reference, "Actions defined by Amazon SNS"). They need the
      // ARN of a subscription, which ends with a random id, and the role may not list subscriptions.
      sid: 'Subscriptions',
      actions: selected('sns', SUBSCRIPTIONS),
      resources: ['*'],
    },
  ];
}

/** Allows alarms that only write to topics: an alarm can also stop an instance or start an automation. */
export function alarmActionsStatement({ arn, namesStart }: Scope): Statement {
  return {
    sid: 'AlarmsToTopics',
    actions: ['cloudwatch:PutMetricAlarm'],
    resources: [arn('cloudwatch', `alarm:${namesStart}*`)],
    conditions: { 'ForAllValues:StringLike': { 'cloudwatch:AlarmActions': [arn('sns', `${namesStart}*`)] } },
  };
}
