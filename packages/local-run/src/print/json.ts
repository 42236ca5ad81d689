/** Prints events for machines on stdout: one JSON object per line, each with a `type` and a `time`. */
import type { AwsCall } from '../model/aws-call';
import type { Deployment } from '../model/deployment';
import { routeText } from '../model/routes';
import type { RequestLog } from '../services/api-gateway/server';
import type { DynamodbCall } from '../model/dynamodb-call';
import type { Reload } from '../engine/watch';
import { firstFault } from './first-fault';
import { notSimulatedRecords } from './not-simulated';
import { runtimesOf } from './node-version';
import { printLine } from './out';
import { shownOutputs } from './outputs';
import type { Printer, PrinterOptions, Ready } from './printer';
import { callRecord, parseIfJson, payloads, requestRecord } from './record';
import { hideApiKeys, NO_SECRETS, secretsOf } from './secrets';

export class JsonPrinter implements Printer {
  private secrets = NO_SECRETS;

  constructor(private readonly options: PrinterOptions) {}

  starting(): void {
    write('starting', {});
  }

  ready({ deployments, page, milliseconds, watching }: Ready): void {
    this.secrets = secretsOf(deployments);
    write('ready', {
      milliseconds: Math.round(milliseconds),
      node: process.versions.node,
      ...(page !== undefined && { page }),
      watching,
      stacks: deployments.map(stackRecord),
    });
  }

  request(log: RequestLog): void {
    write('request', {
      ...requestRecord({ ...log, fault: firstFault(log.response, this.secrets) }, this.secrets),
      ...(this.options.verbose && payloads(log.invocation, this.secrets)),
    });
  }

  denied(call: DynamodbCall): void {
    const { functionName, roleArn } = call;
    write('denial', { function: functionName, role: roleArn, ...callRecord(call) });
  }

  notSimulatedCall({ functionName, roleArn, service, action }: AwsCall): void {
    write('call', { function: functionName, role: roleArn, service, action, outcome: 'not simulated' });
  }

  log(functionName: string, line: string, requestId: string | undefined): void {
    write('log', {
      function: functionName,
      ...(requestId !== undefined && { invocationId: requestId }),
      line: parseIfJson(hideApiKeys(line, this.secrets.apiKeys)),
    });
  }

  reload(reload: Reload, deployments: readonly Deployment[]): void {
    this.secrets = secretsOf(deployments);
    const { milliseconds, ...rest } = reload;
    write('reload', { ...rest, milliseconds: Math.round(milliseconds), stacks: deployments.map(stackRecord) });
  }

  appOutput(text: string): void {
    if (text !== '') write('app', { text });
  }

  fault(text: string): void {
    write('fault', { text });
  }

  failed(message: string): void {
    write('failed', { message });
  }
}

function write(type: string, fields: object): void {
  printLine(JSON.stringify({ type, time: new Date().toISOString(), ...fields }));
}

/** Describes a stack, without the values of sensitive outputs. */
export function stackRecord(deployment: Deployment) {
  const { stack, apis, inert, madeUp = [] } = deployment;
  const routes = apis.flatMap((api) => api.routes.map(({ routeKey }) => routeText(api, routeKey)));
  const outputs = shownOutputs(deployment);
  const notSimulated = notSimulatedRecords(deployment);
  return { stack, outputs, routes, runtimes: runtimesOf(deployment), inert, madeUp, notSimulated };
}
