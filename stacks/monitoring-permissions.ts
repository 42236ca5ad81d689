/** Makes the statements of the pipeline's roles for alarms, dashboards, topics and budgets. */
import type { Statement } from '../constructs/policy-statement';
import { type Actions, equals, type NamedScope, type SelectActions, selectedActions } from './pipeline-actions';

const ALARMS: Actions = {
  read: ['DescribeAlarms', 'ListTagsForResource'],
  write: ['DeleteAlarms', 'TagResource', 'UntagResource'],
};

const DASHBOARDS: Actions = { read: ['GetDashboard'], write: ['DeleteDashboards', 'PutDashboard'] };

const TOPICS: Actions = {
  read: ['GetTopicAttributes', 'ListTagsForResource'],
  write: ['CreateTopic', 'DeleteTopic', 'SetTopicAttributes', 'TagResource', 'UntagResource'],
};

const SUBSCRIPTIONS: Actions = { read: ['GetSubscriptionAttributes'], write: ['Unsubscribe'] };

/** Actions of the API, such as DescribeBudget, have other names (Service Authorization Reference, "AWS Budget Service"). */
const BUDGETS: Actions = {
  read: ['ListTagsForResource', 'ViewBudget'],
  write: ['ModifyBudget', 'TagResource', 'UntagResource'],
};

/** @param select picks the actions that the role may call */
export function monitoringStatements({ arn, namesStart }: NamedScope, select: SelectActions): Statement[] {
  const selected = (service: string, actions: Actions) => selectedActions(service, actions, select);
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

/** Makes the further statements of the role `deploy`. */
export function alarmWrites({ arn, namesStart }: NamedScope): Statement[] {
  const topics = arn('sns', `${namesStart}*`);
  return [
    {
      // Alarms may only write to topics: an alarm can also stop an instance or start an automation.
      sid: 'AlarmsToTopics',
      actions: ['cloudwatch:PutMetricAlarm'],
      resources: [arn('cloudwatch', `alarm:${namesStart}*`)],
      conditions: { 'ForAllValues:StringLike': { 'cloudwatch:AlarmActions': [topics] } },
    },
    {
      // Only mails: a queue or a server of another account could get the alarms too.
      sid: 'SubscribeMails',
      actions: ['sns:Subscribe'],
      resources: [topics],
      conditions: equals('sns:Protocol', 'email'),
    },
  ];
}

/**
 * Allows the drift check, which has the role `plan`, to write its metric. PutMetricData supports no narrower resource.
 * @param namespace CloudWatch namespace of the metric; '' makes no statement
 */
export function driftMetric(namespace: string): Statement[] {
  if (namespace === '') return [];
  return [
    {
      sid: 'DriftMetric',
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: equals('cloudwatch:namespace', namespace),
    },
  ];
}
