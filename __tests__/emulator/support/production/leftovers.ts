/** Lists the names that a production deployment leaves in the account: those of the inventory, and of further services. */
import { ApiGatewayV2Client, GetDomainNamesCommand } from '@aws-sdk/client-apigatewayv2';
import { clientOptions } from '../clients';
import type { Deployment } from '../deployment';
import { call, callJson, queryRequest } from '../emulator-calls';
import { ACCOUNT } from '../calls/request';
import { isOfPipeline } from '../inventory';
import { DOMAIN } from './project';

/** @returns the names with the deployment's prefix and the domain names, sorted */
export async function namesLeft(endpoint: string, deployment: Deployment): Promise<string[]> {
  const names = Object.values(await deployment.resourceNames()).flat();
  const [alarms, dashboards, topics] = await Promise.all([
    call(endpoint, queryRequest('monitoring', '2010-08-01', { Action: 'DescribeAlarms' })),
    call(endpoint, queryRequest('monitoring', '2010-08-01', { Action: 'ListDashboards' })),
    call(endpoint, queryRequest('sns', '2010-03-31', { Action: 'ListTopics' })),
  ]);
  const budgets = await callJson(endpoint, 'budgets', 'AWSBudgetServiceGateway.DescribeBudgets', {
    AccountId: ACCOUNT,
  });
  const certificates = await callJson(endpoint, 'acm', 'CertificateManager.ListCertificates', {});
  const gateway = new ApiGatewayV2Client(clientOptions());
  const { Items: domains = [] } = await gateway.send(new GetDomainNamesCommand());
  gateway.destroy();
  const texts = [alarms, dashboards, topics, JSON.stringify([budgets, certificates, domains])].join('\n');
  const own = new RegExp(`\\b(${deployment.prefix}-[\\w-]+|[a-z0-9-]+\\.${DOMAIN.replaceAll('.', '\\.')})`, 'g');
  const found = [...names, ...(texts.match(own) ?? [])].filter((name) => !isOfPipeline(name));
  return [...new Set(found)].sort();
}
