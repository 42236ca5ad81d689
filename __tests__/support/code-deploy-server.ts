/** An HTTP server that answers as CodeDeploy does (protocol AWS JSON 1.1). Each deployment has a script of statuses. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

type Body = Readonly<Record<string, unknown>>;

interface Script {
  readonly statuses: readonly string[];
  /** Fields of the deployment in its last status. */
  readonly atEnd: Body;
  next: number;
}

export class CodeDeployServer {
  /** Ids of the deployments that ListDeployments returns. */
  running: string[] = [];
  /** The same for single deployment groups. @default `running` */
  runningOf: Readonly<Record<string, readonly string[]>> = {};
  /** The exceptions that StopDeployment answers, by the id of the deployment. */
  refuseStop: Readonly<Record<string, string>> = {};
  /** The deployment group that does not exist. */
  refuse = '';
  private readonly scripts = new Map<string, Script>();
  private readonly ends = new Map<string, () => void>();
  private requests: { operation: string; body: Body }[] = [];
  private readonly server = http.createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).replace('CodeDeploy_20141006.', '');
      const body = JSON.parse(text) as Body;
      this.requests.push({ operation, body });
      const [status, answer] = this.answer(operation, body);
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
    });
  });

  /** @returns the URL of the server */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }

  reset(): void {
    this.running = [];
    this.runningOf = {};
    this.refuseStop = {};
    this.refuse = '';
    this.scripts.clear();
    this.ends.clear();
    this.requests = [];
  }

  /** Sets the statuses that GetDeployment answers, one after the other; the last one stays. */
  script(id: string, statuses: readonly string[], atEnd: Body = {}): void {
    this.scripts.set(id, { statuses, atEnd, next: 0 });
  }

  /** Sets what happens when a deployment has its last status. */
  onEnd(id: string, action: () => void): void {
    this.ends.set(id, action);
  }

  requestsTo(operation: string): Body[] {
    return this.requests.filter((request) => request.operation === operation).map(({ body }) => body);
  }

  private answer(operation: string, body: Body): [status: number, answer: object] {
    if (body['deploymentGroupName'] === this.refuse && operation === 'CreateDeployment')
      return [400, { __type: 'DeploymentGroupDoesNotExistException', message: 'none' }];
    switch (operation) {
      case 'ListDeployments':
        return [200, { deployments: this.runningOf[String(body['deploymentGroupName'])] ?? this.running }];
      case 'CreateDeployment':
        return [200, { deploymentId: 'd-1' }];
      case 'GetDeployment':
        return [200, { deploymentInfo: this.deployment(String(body['deploymentId'])) }];
      case 'StopDeployment':
        return this.stopDeployment(String(body['deploymentId']));
      default:
        return [400, { __type: 'UnknownOperationException' }];
    }
  }

  private stopDeployment(id: string): [status: number, answer: object] {
    const exception = this.refuseStop[id];
    return exception === undefined ? [200, { status: 'Pending' }] : [400, { __type: exception, message: 'refused' }];
  }

  private deployment(id: string): object {
    const script = this.scripts.get(id);
    if (!script) throw new Error(`The test has no script for the deployment ${id}.`);
    const status = script.statuses[script.next];
    const isLast = script.next === script.statuses.length - 1;
    if (!isLast) script.next += 1;
    else this.ends.get(id)?.();
    return { deploymentId: id, status, ...(isLast && script.atEnd) };
  }
}
