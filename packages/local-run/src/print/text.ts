/** Prints events for a person: first the stacks, then a line for each request. */
import type { Reload } from '../engine/watch';
import type { AwsCall } from '../model/aws-call';
import type { Deployment } from '../model/deployment';
import type { DynamodbCall } from '../model/dynamodb-call';
import type { RequestLog } from '../services/api-gateway/server';
import { deploymentsText, issuerText, pageText } from './deployments';
import { logText, notSimulatedCallText, refusedText } from './function-log';
import { madeUpText } from './made-up';
import { otherRuntimesText } from './node-version';
import { warningTexts } from './not-simulated';
import { printError, printLine } from './out';
import type { Printer, PrinterOptions, Ready } from './printer';
import { payloads } from './record';
import { appOutputText, reloadText } from './reload';
import { requestText } from './request-line';
import { hideApiKeys, NO_SECRETS, secretsOf } from './secrets';
import { cyan, INDENT } from './style';

export class TextPrinter implements Printer {
  private secrets = NO_SECRETS;
  private kind: Parameters<Printer['starting']>[0];
  private stackWidth = 0;
  private lastReloadFailed = false;
  private lastAppOutput = '';
  private warnings: readonly string[] = [];

  constructor(private readonly options: PrinterOptions) {}

  starting(kind: Parameters<Printer['starting']>[0]): void {
    this.kind = kind;
    // The error about a folder without a project follows.
    if (kind === undefined) return;
    printLine(kind === 'terraform' ? 'Evaluating the Terraform files ...' : 'Building and synthesizing ...');
  }

  ready({ deployments, page, pagePort, milliseconds, watching }: Ready): void {
    this.setDeployments(deployments);
    printLine(`\n${deploymentsText(deployments)}`);
    this.printNewWarnings(deployments);
    if (page !== undefined) printLine(`${pageText(page, pagePort)}\n`);
    const issuer = page === undefined ? undefined : issuerText(page, deployments);
    if (issuer !== undefined) printLine(`${issuer}\n`);
    const hints = [watching ? 'saved changes are applied' : '', 'Ctrl-C stops it'].filter((hint) => hint !== '');
    const seconds = (milliseconds / 1000).toFixed(1);
    printLine(`Ready in ${seconds} s on Node.js ${process.versions.node}; ${hints.join('; ')}.\n`);
  }

  request(log: RequestLog): void {
    printLine(requestText(log, this.stackWidth, this.secrets));
    if (!this.options.verbose) return;
    for (const [name, value] of Object.entries(payloads(log.invocation, this.secrets))) {
      printLine(`${INDENT}${cyan(name)} ${JSON.stringify(value, null, 2).replaceAll('\n', `\n${INDENT}`)}`);
    }
  }

  denied(call: DynamodbCall): void {
    printError(refusedText(call));
  }

  notSimulatedCall(call: AwsCall): void {
    printError(notSimulatedCallText(call));
  }

  log(functionName: string, line: string): void {
    const text = logText(functionName, line, this.options.verbose);
    if (text !== undefined) printLine(hideApiKeys(text, this.secrets.apiKeys));
  }

  reload(reload: Reload, deployments: readonly Deployment[]): void {
    this.setDeployments(deployments);
    const failed = reload.outcome === 'failed';
    (failed ? printError : printLine)(reloadText(reload, this.lastReloadFailed));
    this.printNewWarnings(deployments);
    this.lastReloadFailed = failed;
  }

  appOutput(text: string): void {
    if (text !== '') printError(appOutputText(text, this.lastAppOutput, this.kind));
    this.lastAppOutput = text;
  }

  fault(text: string): void {
    printError(text);
  }

  failed(message: string): void {
    printError(message);
  }

  private printNewWarnings(deployments: readonly Deployment[]): void {
    const others = [...deployments.map(madeUpText), otherRuntimesText(deployments)];
    const warnings = [...deployments.flatMap(warningTexts), ...others.filter((text) => text !== undefined)];
    for (const warning of warnings) if (!this.warnings.includes(warning)) printError(`${warning}\n`);
    this.warnings = warnings;
  }

  private setDeployments(deployments: readonly Deployment[]): void {
    this.secrets = secretsOf(deployments);
    this.stackWidth = Math.max(0, ...deployments.map(({ stack }) => stack.length));
  }
}
