/** Calls of the deploy role on resources of other teams: alarms, topics, dashboards, budgets, DNS records and versions. */
import { LambdaClient, PublishVersionCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import { ACCOUNT } from '../calls/request';
import { clientOptions } from '../clients';
import { call, queryRequest, type ServiceRequest } from '../emulator-calls';
import type { Steps } from '../escalations';
import type { SessionCredentials } from '../role-session';

/** @param zone the id of a hosted zone that is not the deployment's */
export function foreignEscalations(endpoint: string, credentials: SessionCredentials, zone: string): Steps {
  const lambda = new LambdaClient({ ...clientOptions(), credentials });
  const region = process.env['AWS_REGION'] ?? '';
  const topic = `arn:aws:sns:${region}:${ACCOUNT}:other-alarms`;
  const as = (request: ServiceRequest) => () => call(endpoint, request, credentials);
  const monitoring = (Action: string, parameters: Record<string, string>) =>
    as(queryRequest('monitoring', '2010-08-01', { Action, ...parameters }));
  const sns = (Action: string, parameters: Record<string, string>) =>
    as(queryRequest('sns', '2010-03-31', { Action, ...parameters }));
  const FunctionName = 'other-function';
  return {
    'publish a version of another team': () => lambda.send(new PublishVersionCommand({ FunctionName })),
    'move the alias of another team': () =>
      lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' })),
    'delete an alarm of another team': monitoring('DeleteAlarms', { 'AlarmNames.member.1': 'other-5xx' }),
    'replace an alarm of another team': monitoring('PutMetricAlarm', {
      AlarmName: 'other-5xx',
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: '1',
    }),
    'replace a dashboard of another team': monitoring('PutDashboard', {
      DashboardName: 'other',
      DashboardBody: '{"widgets":[]}',
    }),
    'subscribe to a topic of another team': sns('Subscribe', {
      TopicArn: topic,
      Protocol: 'email',
      Endpoint: 'a@example.com',
    }),
    'delete a topic of another team': sns('DeleteTopic', { TopicArn: topic }),
    'change a record of another zone': as({
      service: 'route53',
      path: `/2013-04-01/hostedzone/${zone}/rrset`,
      headers: { 'content-type': 'application/xml' },
      body: changeRecord('www.example.org'),
    }),
  };
}

function changeRecord(name: string): string {
  const record = `<ResourceRecordSet><Name>${name}</Name><Type>A</Type><TTL>60</TTL><ResourceRecords><ResourceRecord><Value>192.0.2.1</Value></ResourceRecord></ResourceRecords></ResourceRecordSet>`;
  return `<ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><ChangeBatch><Changes><Change><Action>UPSERT</Action>${record}</Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>`;
}
