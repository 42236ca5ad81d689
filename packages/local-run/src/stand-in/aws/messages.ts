/** Attributes that queues, topics, events, workflows and alarms generate. */
import type { ValueGenerator } from '../provider/value-generator';
import type { Compute, Values } from '../provider/provider';
import { generatedName, text } from '../provider/text';

const CREATED = '2026-01-01T00:00:00Z';

export const MESSAGE_RESOURCES: Readonly<Record<string, Compute>> = {
  aws_sqs_queue: (values, generator) => {
    const fifo = values['fifo_queue'] === true && isAbsent(values['name']) ? '.fifo' : '';
    const name = generatedName(values, generator) + fifo;
    const url = `https://sqs.${generator.region}.${generator.domain}/${generator.account}/${name}`;
    return {
      id: url,
      url,
      name,
      arn: generator.arn('sqs', name),
      policy: '',
      redrive_policy: '',
      redrive_allow_policy: '',
    };
  },
  aws_sqs_queue_policy: ({ queue_url: url }) => ({ id: url }),
  aws_sns_topic: (values, generator) => {
    const name = generatedName(values, generator);
    const arn = generator.arn('sns', name);
    return { id: arn, arn, name, owner: generator.account, policy: '', beginning_archive_time: '' };
  },
  aws_sns_topic_policy: ({ arn }, generator) => ({ id: arn, owner: generator.account }),
  aws_sns_topic_subscription: ({ topic_arn: topic }, generator) => {
    const arn = `${String(topic)}:${generator.uuid('subscription')}`;
    return {
      id: arn,
      arn,
      owner_id: generator.account,
      confirmation_was_authenticated: true,
      pending_confirmation: false,
    };
  },
  aws_cloudwatch_event_bus: ({ name }, generator) => ({
    id: name,
    arn: generator.arn('events', `event-bus/${String(name)}`),
  }),
  aws_cloudwatch_event_rule: (values, generator) => {
    const name = generatedName(values, generator);
    const bus = values['event_bus_name'];
    const scoped = isAbsent(bus) || bus === 'default' ? name : `${String(bus)}/${name}`;
    return { id: scoped, name, arn: generator.arn('events', `rule/${scoped}`) };
  },
  aws_cloudwatch_event_target: ({ rule, target_id: target }, generator) => {
    const id = text(target, `terraform-${generator.suffix('target')}`);
    return { id: `${String(rule)}-${id}`, target_id: id };
  },
  aws_scheduler_schedule: (values, generator) => {
    const name = generatedName(values, generator);
    const group = text(values['group_name'], 'default');
    return {
      id: `${group}/${name}`,
      name,
      group_name: group,
      arn: generator.arn('scheduler', `schedule/${group}/${name}`),
    };
  },
  aws_sfn_state_machine: (values, generator) => {
    const name = generatedName(values, generator);
    const arn = generator.arn('states', `stateMachine:${name}`);
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
  aws_sfn_activity: ({ name }, generator) => {
    const arn = generator.arn('states', `activity:${String(name)}`);
    return { id: arn, arn, creation_date: CREATED };
  },
  aws_cloudwatch_metric_alarm: ({ alarm_name: name }, generator) => alarm(name, generator),
  aws_cloudwatch_composite_alarm: ({ alarm_name: name }, generator) => alarm(name, generator),
  aws_cloudwatch_dashboard: ({ dashboard_name: name }, generator) => ({
    id: name,
    dashboard_arn: generator.globalArn('cloudwatch', `dashboard/${String(name)}`),
  }),
  aws_cloudwatch_log_metric_filter: ({ name }) => ({ id: name }),
  aws_appautoscaling_target: ({ resource_id: id }, generator) => ({
    ...{ id, arn: generator.arn('application-autoscaling', `scalable-target/${generator.token('target', 36)}`) },
    role_arn: generator.globalArn('iam', 'role/aws-service-role/application-autoscaling'),
  }),
  aws_appautoscaling_policy: ({ name, resource_id: resource }, generator) => ({
    ...{ id: name, alarm_arns: [] },
    arn: generator.arn(
      'autoscaling',
      `scalingPolicy:${generator.uuid('policy')}:resource/${String(resource)}:policyName/${String(name)}`,
    ),
  }),
  aws_budgets_budget: (values, generator) => {
    const name = generatedName(values, generator);
    return {
      id: `${generator.account}:${name}`,
      name,
      account_id: generator.account,
      arn: generator.globalArn('budgets', `budget/${name}`),
    };
  },
};

function isAbsent(value: unknown): boolean {
  return value === null || value === undefined;
}

function alarm(name: unknown, generator: ValueGenerator): Values {
  return { id: name, arn: generator.arn('cloudwatch', `alarm:${String(name)}`) };
}
