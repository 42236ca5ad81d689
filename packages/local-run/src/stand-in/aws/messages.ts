/** Attributes that queues, topics, events, workflows and alarms generate. */
import type { Place } from '../provider/place';
import type { Compute, Values } from '../provider/provider';
import { generatedName, text } from '../provider/text';

const CREATED = '2026-01-01T00:00:00Z';

export const MESSAGE_RESOURCES: Readonly<Record<string, Compute>> = {
  aws_sqs_queue: (values, place) => {
    const fifo = values['fifo_queue'] === true && isAbsent(values['name']) ? '.fifo' : '';
    const name = generatedName(values, place) + fifo;
    const url = `https://sqs.${place.region}.${place.domain}/${place.account}/${name}`;
    return {
      id: url,
      url,
      name,
      arn: place.arn('sqs', name),
      policy: '',
      redrive_policy: '',
      redrive_allow_policy: '',
    };
  },
  aws_sqs_queue_policy: ({ queue_url: url }) => ({ id: url }),
  aws_sns_topic: (values, place) => {
    const name = generatedName(values, place);
    const arn = place.arn('sns', name);
    return { id: arn, arn, name, owner: place.account, policy: '', beginning_archive_time: '' };
  },
  aws_sns_topic_policy: ({ arn }, place) => ({ id: arn, owner: place.account }),
  aws_sns_topic_subscription: ({ topic_arn: topic }, place) => {
    const arn = `${String(topic)}:${place.uuid('subscription')}`;
    return { id: arn, arn, owner_id: place.account, confirmation_was_authenticated: true, pending_confirmation: false };
  },
  aws_cloudwatch_event_bus: ({ name }, place) => ({ id: name, arn: place.arn('events', `event-bus/${String(name)}`) }),
  aws_cloudwatch_event_rule: (values, place) => {
    const name = generatedName(values, place);
    const bus = values['event_bus_name'];
    const scoped = isAbsent(bus) || bus === 'default' ? name : `${String(bus)}/${name}`;
    return { id: scoped, name, arn: place.arn('events', `rule/${scoped}`) };
  },
  aws_cloudwatch_event_target: ({ rule, target_id: target }, place) => {
    const id = text(target, `terraform-${place.suffix('target')}`);
    return { id: `${String(rule)}-${id}`, target_id: id };
  },
  aws_scheduler_schedule: (values, place) => {
    const name = generatedName(values, place);
    const group = text(values['group_name'], 'default');
    return {
      id: `${group}/${name}`,
      name,
      group_name: group,
      arn: place.arn('scheduler', `schedule/${group}/${name}`),
    };
  },
  aws_sfn_state_machine: (values, place) => {
    const name = generatedName(values, place);
    const arn = place.arn('states', `stateMachine:${name}`);
    return {
      id: arn,
      arn,
      name,
      creation_date: CREATED,
      status: 'ACTIVE',
      revision_id: '',
      state_machine_version_arn: '',
    };
  },
  aws_sfn_activity: ({ name }, place) => {
    const arn = place.arn('states', `activity:${String(name)}`);
    return { id: arn, arn, creation_date: CREATED };
  },
  aws_cloudwatch_metric_alarm: ({ alarm_name: name }, place) => alarm(name, place),
  aws_cloudwatch_composite_alarm: ({ alarm_name: name }, place) => alarm(name, place),
  aws_cloudwatch_dashboard: ({ dashboard_name: name }, place) => ({
    id: name,
    dashboard_arn: place.globalArn('cloudwatch', `dashboard/${String(name)}`),
  }),
  aws_cloudwatch_log_metric_filter: ({ name }) => ({ id: name }),
  aws_appautoscaling_target: ({ resource_id: id }, place) => ({
    ...{ id, arn: place.arn('application-autoscaling', `scalable-target/${place.token('target', 36)}`) },
    role_arn: place.globalArn('iam', 'role/aws-service-role/application-autoscaling'),
  }),
  aws_appautoscaling_policy: ({ name, resource_id: resource }, place) => ({
    ...{ id: name, alarm_arns: [] },
    arn: place.arn(
      'autoscaling',
      `scalingPolicy:${place.uuid('policy')}:resource/${String(resource)}:policyName/${String(name)}`,
    ),
  }),
  aws_budgets_budget: (values, place) => {
    const name = generatedName(values, place);
    return {
      id: `${place.account}:${name}`,
      name,
      account_id: place.account,
      arn: place.globalArn('budgets', `budget/${name}`),
    };
  },
};

function isAbsent(value: unknown): boolean {
  return value === null || value === undefined;
}

function alarm(name: unknown, place: Place): Values {
  return { id: name, arn: place.arn('cloudwatch', `alarm:${String(name)}`) };
}
